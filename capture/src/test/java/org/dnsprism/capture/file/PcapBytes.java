// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes the pcap format (draft-ietf-opsawg-pcap). */
final class PcapBytes extends CaptureBytes {
  static final int MICROSECONDS = 0xa1b2c3d4;
  static final int NANOSECONDS = 0xa1b23c4d;

  /** The variant of old Linux systems: eight bytes more in each record header. */
  static final int MODIFIED = 0xa1b2cd34;

  private final int magic;
  private final ByteOrder order;

  PcapBytes(int magic, ByteOrder order, int linkTypeField) {
    this.magic = magic;
    this.order = order;
    ByteBuffer header = room(24, order);
    header.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    append(header.putInt(262144).putInt(linkTypeField));
  }

  static PcapBytes of(List<TestFrame> frames) {
    PcapBytes pcap = new PcapBytes(NANOSECONDS, ByteOrder.LITTLE_ENDIAN, 1);
    frames.forEach(pcap::add);
    return pcap;
  }

  /** Adds a frame; its time must be a whole number of the file's units. */
  void add(TestFrame frame) {
    byte[] data = frame.bytes();
    append(record(frame, data.length, data), frame);
  }

  /** Adds a record that declares this many captured bytes and has none. */
  void addHeaderOnly(TestFrame frame, int declared) {
    append(record(frame, declared, new byte[0]));
  }

  private ByteBuffer record(TestFrame frame, int declared, byte[] data) {
    int extra = magic == MODIFIED ? 8 : 0;
    int unit = magic == NANOSECONDS ? 1 : 1000;
    ByteBuffer record = room(16 + extra + data.length, order);
    record.putInt((int) (frame.timeNanos() / 1_000_000_000L));
    record.putInt((int) (frame.timeNanos() % 1_000_000_000L / unit));
    record.putInt(declared).putInt(frame.wireLength());
    return record.put(new byte[extra]).put(data);
  }
}
