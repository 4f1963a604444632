// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the snoop format (RFC 1761), which is always big-endian. */
final class SnoopBytes extends CaptureBytes {
  static final int ETHERNET = 4;
  private static final int RECORD_HEADER = 24;

  SnoopBytes(int dataLink) {
    ByteBuffer header = room(16, ByteOrder.BIG_ENDIAN);
    header.put("snoop\0\0\0".getBytes(StandardCharsets.US_ASCII));
    append(header.putInt(2).putInt(dataLink));
  }

  /** Adds a packet, padded to a multiple of four; its time must be whole microseconds. */
  SnoopBytes add(TestFrame frame) {
    byte[] data = frame.bytes();
    int recordLength = RECORD_HEADER + ((data.length + 3) & ~3);
    append(record(frame, data.length, recordLength).put(data).position(recordLength), frame);
    return this;
  }

  /** Adds the header of a packet whose included and record lengths are these. */
  SnoopBytes addHeaderOnly(TestFrame frame, int included, int recordLength) {
    append(record(frame, included, RECORD_HEADER).putInt(8, recordLength));
    return this;
  }

  private ByteBuffer record(TestFrame frame, int included, int recordLength) {
    ByteBuffer record = room(recordLength, ByteOrder.BIG_ENDIAN);
    record.putInt(frame.wireLength()).putInt(included).putInt(recordLength).putInt(17);
    record.putInt((int) (frame.timeNanos() / 1_000_000_000));
    return record.putInt((int) (frame.timeNanos() % 1_000_000_000 / 1000));
  }
}
