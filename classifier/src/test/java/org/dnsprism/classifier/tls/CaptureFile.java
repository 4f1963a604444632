// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Just enough of pcap and pcapng to walk the frames of a small, sound file in a test. */
public final class CaptureFile {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  /** Receives frames. */
  public interface Handler {
    /** A frame. */
    void onFrame(ByteBuf bytes, int offset, int captured, int wire, int linkType);
  }

  private CaptureFile() {}

  /** Hands out the frames of a file. */
  public static void read(Path path, Handler handler) throws IOException {
    byte[] file = Files.readAllBytes(path);
    ByteBuf frames = Unpooled.wrappedBuffer(file);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(0) == SECTION) {
      readBlocks(bytes, frames, handler);
      return;
    }
    int magic = bytes.getInt(0);
    boolean little = magic == 0xa1b2c3d4 || magic == 0xa1b23c4d || magic == 0xa1b2cd34;
    bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int extra = bytes.getInt(0) == 0xa1b2cd34 ? 8 : 0;
    int linkType = bytes.getInt(20) & 0xffff;
    int position = 24;
    while (position + 16 + extra <= bytes.limit()) {
      int captured = bytes.getInt(position + 8);
      int wire = bytes.getInt(position + 12);
      position += 16 + extra;
      if (captured < 0 || captured > bytes.limit() - position) {
        return;
      }
      handler.onFrame(frames, position, captured, wire, linkType);
      position += captured;
    }
  }

  private static void readBlocks(ByteBuffer bytes, ByteBuf frames, Handler handler) {
    List<Integer> linkTypes = new ArrayList<>();
    int position = 0;
    while (position + 12 <= bytes.limit()) {
      int type = bytes.getInt(position);
      if (type == SECTION) {
        boolean little = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(position + 8) == 0x1a2b3c4d;
        bytes.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        linkTypes.clear();
      }
      int length = bytes.getInt(position + 4);
      if (length < 12 || length > bytes.limit() - position) {
        return;
      }
      if (type == INTERFACE) {
        linkTypes.add(bytes.getShort(position + 8) & 0xffff);
      } else if (type == ENHANCED_PACKET) {
        int linkType = linkTypes.get(bytes.getInt(position + 8));
        int captured = bytes.getInt(position + 20);
        handler.onFrame(frames, position + 28, captured, bytes.getInt(position + 24), linkType);
      } else if (type == SIMPLE_PACKET) {
        int wire = bytes.getInt(position + 8);
        int captured = Math.min(wire, length - 16);
        handler.onFrame(frames, position + 12, captured, wire, linkTypes.get(0));
      }
      position += length;
    }
  }
}
