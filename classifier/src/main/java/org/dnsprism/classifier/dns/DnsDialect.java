// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

/** How much is expected of a message, by where it was found. */
public enum DnsDialect {
  /** On port 53, or on a flow that has shown DNS: what is not right can still be DNS. */
  EXPECTED,
  /** Multicast DNS (RFC 6762) or LLMNR (RFC 4795) on their ports. */
  LOCAL,
  /** Anywhere else: every byte must be right, and one question of an ordinary class and type. */
  STRICT
}
