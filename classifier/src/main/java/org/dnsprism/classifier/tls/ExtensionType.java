// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** The hello extensions that are read (IANA, "TLS ExtensionType Values"). */
final class ExtensionType {
  /** RFC 6066, section 3. */
  static final int SERVER_NAME = 0;

  /** RFC 8446, section 4.2.7. */
  static final int SUPPORTED_GROUPS = 10;

  /** RFC 8446, section 4.2.3. */
  static final int SIGNATURE_ALGORITHMS = 13;

  /** RFC 7301, section 3.1. */
  static final int ALPN = 16;

  /** RFC 5077, section 3.2. */
  static final int SESSION_TICKET = 35;

  /** RFC 8446, section 4.2.11. */
  static final int PRE_SHARED_KEY = 41;

  /** RFC 8446, section 4.2.10. */
  static final int EARLY_DATA = 42;

  /** RFC 8446, section 4.2.1. */
  static final int SUPPORTED_VERSIONS = 43;

  /** RFC 8446, section 4.2.8. */
  static final int KEY_SHARE = 51;

  /** RFC 9001, section 8.2. */
  static final int QUIC_TRANSPORT_PARAMETERS = 57;

  /** RFC 9849, section 5. */
  static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

  /** The number of {@link #QUIC_TRANSPORT_PARAMETERS} in the drafts before version 1. */
  static final int QUIC_TRANSPORT_PARAMETERS_DRAFT = 0xffa5;

  private ExtensionType() {}
}
