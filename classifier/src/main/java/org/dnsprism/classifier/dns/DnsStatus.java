// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

/** What bytes turned out to be. */
public enum DnsStatus {
  /** A DNS message from the first byte to the last; trailing bytes only where they are allowed. */
  WHOLE,
  /** A header and whole questions; what follows was not captured and is not known. */
  CUT,
  /** A plausible header, but the rest does not parse. */
  PLAUSIBLE,
  /** Not DNS. */
  NOT_DNS
}
