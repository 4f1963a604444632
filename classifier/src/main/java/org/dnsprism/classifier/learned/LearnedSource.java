// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

/** How it came to be known that a server takes DNS. */
public enum LearnedSource {
  /** The address answered for a name that the endpoint list has. */
  ANSWER,
  /** A service binding of a listed name gave the address ({@code _dns.NAME}, RFC 9461). */
  LISTED_SERVICE,
  /** A service binding of a name that no list has. */
  SERVICE,
  /** A resolver designated it, by {@code _dns.resolver.arpa} (RFC 9462). */
  DESIGNATION,
  /** The certificate of a DNSCrypt resolver. */
  CERTIFICATE,
  /** A proxy passed on a DoH request in the clear. */
  FORWARDED;

  /** Whether it names the resolver in a way that a server name can be compared with. */
  boolean namesTarget() {
    return this == LISTED_SERVICE || this == SERVICE || this == DESIGNATION;
  }
}
