// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** What is known of a byte stream that may be TLS. */
public enum TlsStatus {
  /** Too few bytes to tell. */
  UNDECIDED,
  /** The hello is not whole yet. */
  NEED_MORE,
  /** The ClientHello was read. */
  CLIENT_HELLO,
  /** A ClientHello was read as far as it was captured. */
  PARTIAL_CLIENT_HELLO,
  /** TLS records that chain, without a ClientHello: joined midway, or the server's side. */
  RECORDS,
  /** A ClientHello whose lengths or values cannot be right, or that is longer than allowed. */
  MALFORMED,
  /** Bytes that are no TLS. */
  NOT_TLS
}
