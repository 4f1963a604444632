// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** The decoder allocates nothing once it has run for a while, whatever the frames. */
class DecoderAllocationTest {
  private static final int ROUNDS = 2000;

  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private int found;

  @Test
  void framesOfAllKindsAllocateNothing() {
    List<FrameCase> frames = FrameCases.all();
    ByteBuf[] buffers = new ByteBuf[frames.size()];
    int[] linkTypes = new int[buffers.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = Unpooled.wrappedBuffer(frames.get(i).bytes());
      linkTypes[i] = frames.get(i).linkType();
    }
    assertNoAllocation(
        buffers.length,
        round -> {
          for (int i = 0; i < buffers.length; i++) {
            decode(buffers[i], linkTypes[i], round);
          }
        });
  }

  @Test
  void reassemblyAllocatesNothing() {
    Fragments fragments = Fragments.ofIpv4(1, new byte[3000]);
    ByteBuf first = Unpooled.wrappedBuffer(fragments.frame(0, 1480));
    ByteBuf middle = Unpooled.wrappedBuffer(fragments.frame(1480, 2960));
    ByteBuf last = Unpooled.wrappedBuffer(fragments.frame(2960, fragments.length()));
    assertNoAllocation(
        1,
        round -> {
          decode(last, 1, round);
          decode(first, 1, round);
          decode(middle, 1, round);
        });
    assertEquals(0, decoder.lostFragments());
  }

  private void decode(ByteBuf frame, int linkType, long time) {
    int length = frame.capacity();
    DecodeStatus status = decoder.decode(frame, 0, length, length, time, linkType, -1, packet);
    found += status == DecodeStatus.TRANSPORT ? 1 : 0;
    decoder.release();
  }

  /** Work that finds so many packets in a round. */
  private void assertNoAllocation(int packets, IntConsumer work) {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 5 * ROUNDS; i++) {
      work.accept(i);
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      work.accept(i);
    }
    long allocated = bean.getCurrentThreadAllocatedBytes() - before;
    assertEquals(6 * ROUNDS * packets, found);
    // The counter itself and a late compilation may leave a few bytes.
    assertTrue(allocated < ROUNDS, () -> allocated + " bytes in " + ROUNDS + " rounds");
  }
}
