// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

/** What is known of a UDP flow that may be QUIC, in the order in which it can grow. */
public enum QuicStatus {
  /** Nothing that tells: no datagram, or only such as QUIC's short header fits. */
  UNDECIDED,
  /** The datagrams cannot be QUIC. */
  NOT_QUIC,
  /** Google QUIC, the predecessor of IETF QUIC. */
  GQUIC,
  /** A long header of QUIC's shape; nothing was decrypted. */
  HEADER,
  /** An Initial was decrypted and its tag is right: certainly QUIC. The hello is not whole. */
  INITIAL,
  /** The ClientHello was read as far as it was captured. */
  PARTIAL_CLIENT_HELLO,
  /** The ClientHello was read. */
  CLIENT_HELLO
}
