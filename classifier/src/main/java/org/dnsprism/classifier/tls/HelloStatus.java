// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** How reading a ClientHello message ended. */
public enum HelloStatus {
  /** The whole message was read. */
  COMPLETE,
  /** The message goes on behind the bytes at hand; the fields in front of the cut are valid. */
  NEED_MORE,
  /** The bytes begin another handshake message or none. */
  NOT_CLIENT_HELLO,
  /** A length or value in the message cannot be right. */
  MALFORMED
}
