// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.TcpCounters;
import org.dnsprism.classifier.tcp.TcpReassembler;
import org.junit.jupiter.api.Test;

class HelloAllocationTest {
  private static final int ROUNDS = 20_000;

  private final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  private final TlsCounters counters = new TlsCounters();
  private final TcpReassembler reassembler = new TcpReassembler(memory, new TcpCounters());
  private final TlsStreamParser parser = new TlsStreamParser(memory, counters);
  private final byte[] record =
      HelloBuilder.record(22, HelloBuilder.browser("dns.example", "h2", "dot").message());
  private final ByteBuf buffer = Unpooled.wrappedBuffer(record);

  @Test
  void helloInOneSegmentAllocatesNothing() {
    assertNoAllocation(() -> read(record.length));
  }

  @Test
  void helloInSegmentsOutOfOrderAllocatesNothing() {
    assertNoAllocation(
        () -> {
          read(record.length - 700);
        });
  }

  /** The part behind {@code cut} comes first, if there is one. */
  private void read(int cut) {
    reassembler.reset();
    parser.reset(true);
    reassembler.startAt(5);
    int rest = record.length - cut;
    reassembler.segment(5L + cut, buffer, cut, rest, rest, parser);
    reassembler.segment(5, buffer, 0, cut, cut, parser);
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
    assertEquals(2 * ROUNDS, counters.clientHellos());
    // The counter itself and a late compilation may leave a few bytes.
    assertTrue(allocated < ROUNDS, () -> allocated + " bytes in " + ROUNDS + " hellos");
  }
}
