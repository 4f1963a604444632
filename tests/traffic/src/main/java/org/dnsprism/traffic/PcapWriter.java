// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a pcap file with nanoseconds, in the byte order of the network. */
final class PcapWriter implements AutoCloseable {
  private static final int MAGIC = 0xa1b23c4d;
  private static final int SNAP_LENGTH = 262_144;
  private static final int ETHERNET = 1;
  private static final int HEAD = 16;

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 20];
  private int filled;

  PcapWriter(Path path) throws IOException {
    out = Files.newOutputStream(path);
    Bytes head = new Bytes(24).u32(MAGIC).u16(2).u16(4).u32(0).u32(0).u32(SNAP_LENGTH);
    out.write(head.u32(ETHERNET).toArray());
  }

  /**
   * @param time nanoseconds since 1970
   * @param captured bytes of the frame to keep
   */
  void write(long time, Frame frame, int captured) throws IOException {
    if (filled + HEAD + captured > buffer.length) {
      flush();
    }
    Bytes.u32(buffer, filled, (int) (time / Flow.SECOND));
    Bytes.u32(buffer, filled + 4, (int) (time % Flow.SECOND));
    Bytes.u32(buffer, filled + 8, captured);
    Bytes.u32(buffer, filled + 12, frame.length());
    System.arraycopy(frame.bytes, 0, buffer, filled + HEAD, captured);
    filled += HEAD + captured;
  }

  private void flush() throws IOException {
    out.write(buffer, 0, filled);
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
