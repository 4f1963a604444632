// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;

/**
 * An interface of a pcapng section: how its frames start and what its time stamps count.
 *
 * @param linkType LINKTYPE number
 * @param snapLength most bytes kept of a frame, 0 for no limit
 * @param resolution exponent of the fraction of a second that time stamps count: of ten up to 19,
 *     of two where 0x80 is added, up to 63
 * @param offsetSeconds to be added to time stamps
 */
record PcapngInterface(int linkType, int snapLength, int resolution, long offsetSeconds) {
  private static final int BINARY = 0x80;
  private static final int OPTION_END = 0;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;
  private static final int OPTIONS = 8;
  private static final int MICROSECONDS = 6;
  private static final int NANOSECONDS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_BINARY_EXPONENT = 63;

  /** Up to the largest that is a long without a sign. */
  private static final long[] POWERS_OF_TEN = new long[20];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  /** Reads the body of an interface description block: link type 2, reserved 2, snap length 4. */
  static PcapngInterface read(ByteBuf buffer, int at, int length, boolean littleEndian) {
    int linkType = RecordReader.u16(buffer, at, littleEndian);
    int snapLength = Math.max(0, RecordReader.i32(buffer, at + 4, littleEndian));
    int resolution = MICROSECONDS;
    long offset = 0;
    int option = at + OPTIONS;
    int end = at + length;
    while (end - option >= 4) {
      int code = RecordReader.u16(buffer, option, littleEndian);
      int size = RecordReader.u16(buffer, option + 2, littleEndian);
      if (code == OPTION_END || end - option - 4 < size) {
        break;
      }
      if (code == OPTION_RESOLUTION && size >= 1) {
        resolution = buffer.getUnsignedByte(option + 4);
      } else if (code == OPTION_OFFSET && size >= 8) {
        offset = littleEndian ? buffer.getLongLE(option + 4) : buffer.getLong(option + 4);
      }
      option += 4 + ((size + 3) & ~3);
    }
    return new PcapngInterface(linkType, snapLength, resolution, offset);
  }

  /** Whether a second in these units is a number of at most 64 bits. */
  boolean usable() {
    return (resolution & BINARY) != 0
        ? (resolution & ~BINARY) <= MAX_BINARY_EXPONENT
        : resolution < POWERS_OF_TEN.length;
  }

  /** The time stamp in nanoseconds since 1970, rounded down. */
  long nanos(long stamp) {
    long offset = offsetSeconds * NANOS_PER_SECOND;
    return switch (resolution) {
      case NANOSECONDS -> offset + stamp;
      case MICROSECONDS -> offset + stamp * 1000;
      default -> offset + ((resolution & BINARY) != 0 ? binary(stamp) : decimal(stamp));
    };
  }

  private long binary(long stamp) {
    int exponent = resolution & ~BINARY;
    long fraction = stamp & ((1L << exponent) - 1);
    // A product of up to 93 bits, shifted; with exponent 0 it is zero, so a shift by 64 does no
    // harm.
    long high = Math.multiplyHigh(fraction, NANOS_PER_SECOND) << (64 - exponent);
    long low = (fraction * NANOS_PER_SECOND) >>> exponent;
    return (stamp >>> exponent) * NANOS_PER_SECOND + (high | low);
  }

  private long decimal(long stamp) {
    long units = POWERS_OF_TEN[resolution];
    long fraction = Long.remainderUnsigned(stamp, units);
    long nanos =
        resolution < NANOSECONDS
            ? fraction * POWERS_OF_TEN[NANOSECONDS - resolution]
            : Long.divideUnsigned(fraction, POWERS_OF_TEN[resolution - NANOSECONDS]);
    return Long.divideUnsigned(stamp, units) * NANOS_PER_SECOND + nanos;
  }
}
