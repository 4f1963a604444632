// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;

/**
 * An interface of a pcapng section: how its frames start and what its time stamps count.
 *
 * @param linkType LINKTYPE number
 * @param snapLength most bytes kept of a frame, 0 for no limit
 * @param unitsPerSecond of time stamps; negative when it is a power of two, as its exponent
 * @param offsetSeconds to be added to time stamps
 */
record PcapngInterface(int linkType, int snapLength, long unitsPerSecond, long offsetSeconds) {
  private static final int OPTION_END = 0;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;
  private static final int OPTIONS = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long DEFAULT_UNITS = 1_000_000L;
  private static final int MAX_DECIMAL_EXPONENT = 18;
  private static final int MAX_BINARY_EXPONENT = 62;

  /** Reads the body of an interface description block: link type 2, reserved 2, snap length 4. */
  static PcapngInterface read(ByteBuf buffer, int at, int length, boolean littleEndian) {
    int linkType = RecordReader.u16(buffer, at, littleEndian);
    int snapLength = Math.max(0, RecordReader.i32(buffer, at + 4, littleEndian));
    long units = DEFAULT_UNITS;
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
        units = units(buffer.getUnsignedByte(option + 4));
      } else if (code == OPTION_OFFSET && size >= 8) {
        offset = littleEndian ? buffer.getLongLE(option + 4) : buffer.getLong(option + 4);
      }
      option += 4 + ((size + 3) & ~3);
    }
    return new PcapngInterface(linkType, snapLength, units, offset);
  }

  /** The highest bit says whether the exponent is of two or of ten. */
  private static long units(int resolution) {
    int exponent = resolution & 0x7f;
    if ((resolution & 0x80) != 0) {
      return -1L - Math.min(exponent, MAX_BINARY_EXPONENT);
    }
    long units = 1;
    for (int i = 0; i < Math.min(exponent, MAX_DECIMAL_EXPONENT); i++) {
      units *= 10;
    }
    return units;
  }

  /** The time stamp in nanoseconds since 1970. */
  long nanos(long stamp) {
    if (unitsPerSecond == NANOS_PER_SECOND) {
      return stamp + offsetSeconds * NANOS_PER_SECOND;
    }
    if (unitsPerSecond == DEFAULT_UNITS) {
      return stamp * 1000 + offsetSeconds * NANOS_PER_SECOND;
    }
    return offsetSeconds * NANOS_PER_SECOND + scaled(stamp);
  }

  private long scaled(long stamp) {
    if (unitsPerSecond < 0) {
      int exponent = (int) -(unitsPerSecond + 1);
      long seconds = stamp >>> exponent;
      long fraction = stamp & ((1L << exponent) - 1);
      return seconds * NANOS_PER_SECOND
          + (long) ((double) fraction / (1L << exponent) * NANOS_PER_SECOND);
    }
    long seconds = Long.divideUnsigned(stamp, unitsPerSecond);
    long fraction = Long.remainderUnsigned(stamp, unitsPerSecond);
    return seconds * NANOS_PER_SECOND
        + (unitsPerSecond < NANOS_PER_SECOND
            ? fraction * (NANOS_PER_SECOND / unitsPerSecond)
            : fraction / (unitsPerSecond / NANOS_PER_SECOND));
  }
}
