// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.SourceLedger;

/**
 * One ring of an interface, read in place: the kernel fills blocks, this hands their frames out and
 * gives each block back when all of its frames are done. Not thread-safe.
 */
final class PacketRing {
  private static final VarHandle STATUS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final PacketSocket socket;
  private final RingSettings settings;
  private final int linkType;
  private final ByteBuffer ring;
  private final ByteBuf bytes;
  private int block;
  private boolean inBlock;
  private int framesLeft;
  private int frame;
  private long offered;
  private long delivered;
  private long dropped;
  private long freezes;

  PacketRing(LinkDevice device, PacketSocket socket, RingSettings settings) {
    this.socket = socket;
    this.settings = settings;
    linkType = device.linkType();
    ring = socket.memory();
    bytes = Unpooled.wrappedBuffer(ring.duplicate());
  }

  /** Hands out frames that are ready, at most {@code limit} and all of one block. */
  int poll(FrameHandler handler, int limit) {
    if (inBlock && framesLeft == 0) {
      giveBack();
    }
    if (!inBlock && !take()) {
      return 0;
    }
    int count = Math.min(limit, framesLeft);
    for (int i = 0; i < count; i++) {
      deliver(handler);
    }
    framesLeft -= count;
    delivered += count;
    return count;
  }

  private int statusOf(int number) {
    return (int) STATUS.getAcquire(ring, start(number) + PacketMmap.BLOCK_STATUS);
  }

  private boolean take() {
    if ((statusOf(block) & PacketMmap.STATUS_USER) == 0) {
      return false;
    }
    int start = start(block);
    inBlock = true;
    framesLeft = ring.getInt(start + PacketMmap.BLOCK_FRAMES);
    frame = start + ring.getInt(start + PacketMmap.BLOCK_FIRST_FRAME);
    return true;
  }

  private void giveBack() {
    STATUS.setRelease(ring, start(block) + PacketMmap.BLOCK_STATUS, PacketMmap.STATUS_KERNEL);
    block = after(block);
    inBlock = false;
  }

  private int after(int number) {
    return number + 1 < settings.blocks() ? number + 1 : 0;
  }

  private int start(int number) {
    return number * settings.blockBytes();
  }

  private void deliver(FrameHandler handler) {
    int at = frame;
    long seconds = ring.getInt(at + PacketMmap.FRAME_SECONDS) & 0xffff_ffffL;
    boolean tagged = (ring.getInt(at + PacketMmap.FRAME_STATUS) & PacketMmap.VLAN_VALID) != 0;
    frame += ring.getInt(at + PacketMmap.FRAME_NEXT);
    handler.onFrame(
        bytes,
        at + (ring.getShort(at + PacketMmap.FRAME_MAC) & 0xffff),
        ring.getInt(at + PacketMmap.FRAME_CAPTURED),
        ring.getInt(at + PacketMmap.FRAME_WIRE),
        seconds * NANOS_PER_SECOND + ring.getInt(at + PacketMmap.FRAME_NANOS),
        linkType,
        tagged ? ring.getInt(at + PacketMmap.FRAME_VLAN) & 0xffff : FrameHandler.NO_VLAN_TAG);
  }

  /** The part of the blocks that the kernel has filled and that are not given back, 0 to 1. */
  double fill() {
    int filled = 0;
    int number = block;
    while (filled < settings.blocks() && (statusOf(number) & PacketMmap.STATUS_USER) != 0) {
      filled++;
      number = after(number);
    }
    return (double) filled / settings.blocks();
  }

  int file() {
    return socket.file();
  }

  int takeError() {
    return socket.takeError();
  }

  /** The kernel takes no further frames; those in the ring stay. */
  void shut() {
    socket.attach(KernelFilter.snap(0));
  }

  /** What became of the frames; the interruptions are the caller's to count. */
  SourceLedger ledger() {
    Memory fresh = socket.takeStatistics();
    offered += fresh.getInt(0) & 0xffff_ffffL;
    dropped += fresh.getInt(4) & 0xffff_ffffL;
    freezes += fresh.getInt(8) & 0xffff_ffffL;
    return new SourceLedger(offered, delivered, dropped, freezes, 0);
  }

  /** Makes all bytes handed out invalid. */
  void close() {
    socket.close();
  }
}
