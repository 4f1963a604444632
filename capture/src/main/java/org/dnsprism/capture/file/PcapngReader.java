// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The pcapng format (draft-ietf-opsawg-pcapng): sections, each in its own byte order, of blocks
 * that start and end with their length. Blocks that hold no frames are passed over.
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |                          Block Type                           |
 * |                      Block Total Length                       |
 * |                   Block Body, padded to 32 bits               |
 * |                      Block Total Length                       |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class PcapngReader extends RecordReader {
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int HEAD = 8;
  private static final int MIN_BLOCK = 12;
  private static final int MIN_SECTION = 28;
  private static final int MIN_DESCRIPTION = 20;
  private static final int PACKET_HEAD = 28;
  private static final int SIMPLE_HEAD = 12;
  private static final int MAX_INTERFACES = 1 << 16;

  /** Larger blocks hold no frame that is believed; they are passed over without being kept. */
  private static final int MAX_KEPT_BLOCK = MAX_FRAME_BYTES + (64 << 10);

  private final List<PcapngInterface> interfaces = new ArrayList<>();
  private boolean littleEndian;
  private boolean inSection;

  static boolean knows(int magic) {
    return magic == SECTION_HEADER;
  }

  @Override
  void begin(Chunk chunk) {}

  @Override
  Result next(Chunk chunk) {
    if (chunk.available() < MIN_BLOCK) {
      return need(MIN_BLOCK);
    }
    ByteBuf buffer = chunk.view();
    int at = chunk.position();
    if (buffer.getInt(at) == SECTION_HEADER && !beginSection(buffer, at)) {
      return damaged("a section without its byte-order mark");
    }
    int type = i32(buffer, at, littleEndian);
    long length = u32(buffer, at + 4, littleEndian);
    if (!inSection || length < MIN_BLOCK || (length & 3) != 0) {
      return damaged("a block of " + length + " bytes");
    }
    if (length > MAX_KEPT_BLOCK) {
      return tooLong(type, length);
    }
    if (chunk.available() < length) {
      return need((int) length);
    }
    if (u32(buffer, at + (int) length - 4, littleEndian) != length) {
      return damaged("a block whose two lengths differ");
    }
    Result result = block(buffer, at, type, (int) length);
    chunk.skip(result == Result.DAMAGED ? 0 : (int) length);
    return result;
  }

  private Result tooLong(int type, long length) {
    return switch (type) {
      case ENHANCED_PACKET, SIMPLE_PACKET, OBSOLETE_PACKET ->
          damaged("a packet block of " + length + " bytes");
      case INTERFACE_DESCRIPTION -> damaged("an interface description of " + length + " bytes");
      default -> {
        skip = length;
        yield Result.OTHER;
      }
    };
  }

  private boolean beginSection(ByteBuf buffer, int at) {
    int mark = buffer.getInt(at + HEAD);
    if (mark != BYTE_ORDER_MAGIC && Integer.reverseBytes(mark) != BYTE_ORDER_MAGIC) {
      return false;
    }
    littleEndian = mark != BYTE_ORDER_MAGIC;
    inSection = true;
    interfaces.clear();
    return true;
  }

  private Result block(ByteBuf buffer, int at, int type, int length) {
    return switch (type) {
      case SECTION_HEADER -> section(buffer, at, length);
      case INTERFACE_DESCRIPTION -> description(buffer, at, length);
      case ENHANCED_PACKET -> packet(buffer, at, length, i32(buffer, at + HEAD, littleEndian));
      case OBSOLETE_PACKET -> packet(buffer, at, length, u16(buffer, at + HEAD, littleEndian));
      case SIMPLE_PACKET -> simplePacket(buffer, at, length);
      default -> Result.OTHER;
    };
  }

  /** Byte-order mark 4, major version 2, minor version 2, section length 8. */
  private Result section(ByteBuf buffer, int at, int length) {
    if (length < MIN_SECTION) {
      return damaged("a section header of " + length + " bytes");
    }
    int major = u16(buffer, at + 12, littleEndian);
    int minor = u16(buffer, at + 14, littleEndian);
    // Some writers say 1.2, which is the same as 1.0.
    return major == 1 && (minor == 0 || minor == 2)
        ? Result.OTHER
        : damaged("a section of version " + major + "." + minor);
  }

  private Result description(ByteBuf buffer, int at, int length) {
    if (length < MIN_DESCRIPTION || interfaces.size() == MAX_INTERFACES) {
      return damaged("an interface description of " + length + " bytes");
    }
    int body = length - MIN_BLOCK;
    PcapngInterface described = PcapngInterface.read(buffer, at + HEAD, body, littleEndian);
    if (!described.usable()) {
      return damaged("a time stamp resolution of " + described.resolution());
    }
    interfaces.add(described);
    return Result.OTHER;
  }

  /** Interface 4, time stamp upper 4, lower 4, captured length 4, original length 4, data. */
  private Result packet(ByteBuf buffer, int at, int length, int interfaceIndex) {
    if (length < PACKET_HEAD + 4) {
      return damaged("a packet block of " + length + " bytes");
    }
    int captured = i32(buffer, at + 20, littleEndian);
    if (captured < 0 || captured > length - PACKET_HEAD - 4 || captured > MAX_FRAME_BYTES) {
      return damaged("a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    if (interfaceIndex < 0 || interfaceIndex >= interfaces.size()) {
      return damaged("a frame of an interface that is not described");
    }
    PcapngInterface source = interfaces.get(interfaceIndex);
    long stamp = (u32(buffer, at + 12, littleEndian) << 32) | u32(buffer, at + 16, littleEndian);
    timeNanos = source.nanos(stamp);
    linkType = source.linkType();
    capturedLength = captured;
    wireLength = Math.max(captured, i32(buffer, at + 24, littleEndian));
    frameOffset = at + PACKET_HEAD;
    return Result.FRAME;
  }

  /** Original length 4, data; it has no time stamp, so that of the frame before stands. */
  private Result simplePacket(ByteBuf buffer, int at, int length) {
    if (length < SIMPLE_HEAD + 4 || interfaces.isEmpty()) {
      return damaged("a simple packet block without an interface");
    }
    PcapngInterface source = interfaces.get(0);
    int original = i32(buffer, at + HEAD, littleEndian);
    int room = length - SIMPLE_HEAD - 4;
    if (original < 0) {
      return damaged("a frame of " + Integer.toUnsignedString(original) + " bytes");
    }
    int kept = source.snapLength() > 0 ? Math.min(original, source.snapLength()) : original;
    capturedLength = Math.min(Math.min(kept, room), MAX_FRAME_BYTES);
    wireLength = Math.max(capturedLength, original);
    linkType = source.linkType();
    frameOffset = at + SIMPLE_HEAD;
    return Result.FRAME;
  }
}
