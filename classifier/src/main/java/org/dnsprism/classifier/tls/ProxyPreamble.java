// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/**
 * What a load balancer may put in front of a client's stream to tell the client's address (HAProxy,
 * "The PROXY protocol", versions 1 and 2).
 */
final class ProxyPreamble {
  private static final byte[] VERSION_1 = {'P', 'R', 'O', 'X', 'Y', ' '};
  private static final byte[] VERSION_2 = {'\r', '\n', '\r', '\n', 0, '\r'};

  private ProxyPreamble() {}

  /** Whether the first {@code length} bytes of a stream, at most six, can begin one. */
  static boolean canBegin(ByteBuf buffer, int offset, int length) {
    return begins(VERSION_1, buffer, offset, length) || begins(VERSION_2, buffer, offset, length);
  }

  private static boolean begins(byte[] signature, ByteBuf buffer, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer.getByte(offset + i) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
