// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

/** Names that both ends of DNS over HTTPS share (RFC 8484). */
final class Doh {
  /** Where the resolver is (the path that RFC 8484 uses in its examples). */
  static final String PATH = "/dns-query";

  /** The media type of a DNS message (RFC 8484, section 6). */
  static final String MEDIA_TYPE = "application/dns-message";

  /** The parameter that carries the query of a GET, in base64url (RFC 8484, section 4.1.1). */
  static final String PARAMETER = "dns";

  private Doh() {}
}
