// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReassemblyMemoryTest {
  @Test
  void blocksAreReused() {
    ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
    ByteBuf block = Objects.requireNonNull(memory.acquire(100));
    memory.release(block);
    assertSame(block, memory.acquire(4096));
    assertEquals(4096, memory.usedBytes());
  }

  @Test
  void boundIsKeptAndRefusalsAreCounted() {
    ReassemblyMemory memory = new ReassemblyMemory(10_000);
    ByteBuf first = Objects.requireNonNull(memory.acquire(1));
    assertNotNull(memory.acquire(1));
    assertNull(memory.acquire(1));
    assertNull(memory.acquire(ReassemblyMemory.MAX_BLOCK_BYTES + 1));
    assertEquals(2, memory.refusals());
    assertEquals(8192, memory.peakBytes());
    memory.release(first);
    assertNotNull(memory.acquire(1));
  }

  @Test
  void waitingBlocksOfAnotherSizeMakeRoom() {
    ReassemblyMemory memory = new ReassemblyMemory(ReassemblyMemory.MAX_BLOCK_BYTES);
    memory.release(Objects.requireNonNull(memory.acquire(1)));
    ByteBuf big = Objects.requireNonNull(memory.acquire(ReassemblyMemory.MAX_BLOCK_BYTES));
    assertNull(memory.acquire(1));
    memory.release(big);
    assertNotNull(memory.acquire(1));
  }
}
