// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;

/** The options in an OPT record: code 2, length 2, data (RFC 6891, section 6.1.2). */
final class EdnsOptions {
  private static final int HEAD = 4;
  private static final int CLIENT_SUBNET = 8;
  private static final int COOKIE = 10;
  private static final int PADDING = 12;

  private EdnsOptions() {}

  /** Notes the options that statistics need; what is cut off is left out. */
  static void read(ByteBuf buffer, int offset, int length, DnsMessage message) {
    int end = offset + length;
    int position = offset;
    while (end - position >= HEAD) {
      int size = buffer.getUnsignedShort(position + 2);
      if (end - position - HEAD < size) {
        return;
      }
      switch (buffer.getUnsignedShort(position)) {
        case CLIENT_SUBNET -> message.clientSubnet = true;
        case COOKIE -> message.cookie = true;
        case PADDING -> message.paddingLength = size;
        default -> {}
      }
      position += HEAD + size;
    }
  }
}
