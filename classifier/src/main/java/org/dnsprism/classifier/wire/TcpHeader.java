// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;

/**
 * The TCP header (RFC 9293, section 3.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Source Port          |       Destination Port        |
 * +-------------------------------+-------------------------------+
 * |                        Sequence Number                        |
 * +---------------------------------------------------------------+
 * |                    Acknowledgment Number                      |
 * +-------+-------+---------------+-------------------------------+
 * | Offset| Rsrvd |     Flags     |            Window             |
 * +-------+-------+---------------+-------------------------------+
 * |           Checksum            |         Urgent Pointer        |
 * +-------------------------------+-------------------------------+
 * </pre>
 */
public final class TcpHeader {
  /** No more data from the sender. */
  public static final int FIN = 0x01;

  /** Synchronise sequence numbers. */
  public static final int SYN = 0x02;

  /** Reset the connection. */
  public static final int RST = 0x04;

  /** The acknowledgment number is meant. */
  public static final int ACK = 0x10;

  /** Sequence numbers are modulo 2^32. */
  public static final long SEQUENCE_MASK = 0xffff_ffffL;

  static final int LENGTH = 20;

  private static final int SOURCE_PORT_OFFSET = 0;
  private static final int DESTINATION_PORT_OFFSET = 2;
  private static final int SEQUENCE_OFFSET = 4;
  private static final int ACKNOWLEDGMENT_OFFSET = 8;
  private static final int DATA_OFFSET_OFFSET = 12;
  private static final int FLAGS_OFFSET = 13;

  private TcpHeader() {}

  static int sourcePort(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + SOURCE_PORT_OFFSET);
  }

  static int destinationPort(ByteBuf buffer, int offset) {
    return buffer.getUnsignedShort(offset + DESTINATION_PORT_OFFSET);
  }

  static long sequence(ByteBuf buffer, int offset) {
    return buffer.getUnsignedInt(offset + SEQUENCE_OFFSET);
  }

  static long acknowledgment(ByteBuf buffer, int offset) {
    return buffer.getUnsignedInt(offset + ACKNOWLEDGMENT_OFFSET);
  }

  /** Length of the header with options, 0 to 60 bytes; less than {@link #LENGTH} is malformed. */
  static int headerLength(ByteBuf buffer, int offset) {
    return buffer.getUnsignedByte(offset + DATA_OFFSET_OFFSET) >>> 4 << 2;
  }

  static int flags(ByteBuf buffer, int offset) {
    return buffer.getUnsignedByte(offset + FLAGS_OFFSET);
  }
}
