// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * Walks the frames that an Initial may hold: PADDING, PING, ACK, CRYPTO and CONNECTION_CLOSE (RFC
 * 9000, sections 12.4 and 19). A reused cursor: {@link #next} stops at each CRYPTO frame.
 */
final class InitialFrames {
  private static final int PADDING = 0x00;
  private static final int PING = 0x01;
  private static final int ACK = 0x02;
  private static final int ACK_ECN = 0x03;
  private static final int CRYPTO = 0x06;
  private static final int CONNECTION_CLOSE = 0x1c;

  long cryptoOffset;
  int dataOffset;
  int dataLength;

  /** Whether a frame was met that no Initial may hold, or that is cut. */
  boolean malformed;

  private int position;
  private int end;

  /** Begins with a decrypted packet. */
  void begin(int length) {
    position = 0;
    end = length;
    malformed = false;
  }

  /** Goes on to the next CRYPTO frame; false when there is none. */
  boolean next(ByteBuf plain) {
    while (position < end && !malformed) {
      int type = plain.getUnsignedByte(position++);
      switch (type) {
        case PADDING -> skipPadding(plain);
        case PING -> {}
        case ACK -> skipAck(plain, false);
        case ACK_ECN -> skipAck(plain, true);
        case CRYPTO -> {
          return readCrypto(plain);
        }
        case CONNECTION_CLOSE -> skipClose(plain);
        default -> malformed = true;
      }
    }
    return false;
  }

  /** Most of an Initial is padding: eight frames of it at a time. */
  private void skipPadding(ByteBuf plain) {
    while (position + Long.BYTES <= end && plain.getLong(position) == 0) {
      position += Long.BYTES;
    }
  }

  /** A frame that is cut off gives what is there, which serves packets cut by the snap length. */
  private boolean readCrypto(ByteBuf plain) {
    cryptoOffset = varint(plain);
    long length = varint(plain);
    if (malformed) {
      return false;
    }
    dataOffset = position;
    dataLength = (int) Math.min(length, end - position);
    malformed = length > dataLength;
    position += dataLength;
    return dataLength > 0 || !malformed;
  }

  /** Largest, delay, count of ranges, first range, then two numbers for each; counts with ECN. */
  private void skipAck(ByteBuf plain, boolean ecn) {
    varint(plain);
    varint(plain);
    long ranges = varint(plain);
    varint(plain);
    for (long i = 0; i < ranges && !malformed; i++) {
      varint(plain);
      varint(plain);
    }
    for (int i = 0; ecn && i < 3; i++) {
      varint(plain);
    }
  }

  /** Error code, type of the frame that caused it, and a reason in words. */
  private void skipClose(ByteBuf plain) {
    varint(plain);
    varint(plain);
    long reason = varint(plain);
    malformed |= reason > end - position;
    position = malformed ? end : position + (int) reason;
  }

  private long varint(ByteBuf plain) {
    if (malformed || !Varint.fits(plain, position, end)) {
      malformed = true;
      return 0;
    }
    long value = Varint.value(plain, position);
    position += Varint.length(plain, position);
    return value;
  }
}
