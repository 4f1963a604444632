// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.junit.jupiter.api.Test;

class DnsAllocationTest {
  private static final int ROUNDS = 2_000;
  private static final int MESSAGES = 50;

  private final DnsParser parser = new DnsParser();
  private final DnsMessage message = new DnsMessage();
  private final DnsStream stream = new DnsStream(new ReassemblyMemory(1 << 20));
  private final DnsStream.Sink sink = this::parse;
  private final List<ByteBuf> datagrams = new ArrayList<>();
  private final ByteBuf tcp = Unpooled.buffer();
  private int whole;

  DnsAllocationTest() {
    RandomMessages messages = new RandomMessages(4);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] wire = messages.any().toWire();
      datagrams.add(Unpooled.wrappedBuffer(wire));
      tcp.writeShort(wire.length).writeBytes(wire);
    }
  }

  private void parse(ByteBuf buffer, int offset, int length) {
    if (parser.parse(buffer, offset, length, length, DnsDialect.EXPECTED, message)
        == DnsStatus.WHOLE) {
      whole++;
    }
  }

  @Test
  void datagramsAllocateNothing() {
    assertNoAllocation(this::parseDatagrams);
  }

  private void parseDatagrams() {
    for (int i = 0; i < MESSAGES; i++) {
      ByteBuf datagram = datagrams.get(i);
      parse(datagram, 0, datagram.readableBytes());
    }
  }

  /** Segments of 200 bytes, so that most messages are collected. */
  @Test
  void streamAllocatesNothing() {
    assertNoAllocation(this::feedStream);
  }

  private void feedStream() {
    stream.reset(true);
    for (int from = 0; from < tcp.readableBytes(); from += 200) {
      stream.feed(tcp, from, Math.min(200, tcp.readableBytes() - from), sink);
    }
  }

  private void assertNoAllocation(Runnable work) {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) {
      work.run();
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      work.run();
    }
    long allocated = bean.getCurrentThreadAllocatedBytes() - before;
    assertEquals(2 * ROUNDS * MESSAGES, whole);
    // The counter itself and a late compilation may leave a few bytes.
    assertTrue(allocated < ROUNDS, () -> allocated + " bytes in " + ROUNDS + " rounds");
  }
}
