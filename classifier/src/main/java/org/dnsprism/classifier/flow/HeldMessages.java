// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.jspecify.annotations.Nullable;

/**
 * The first messages of a connection that may be DNS, kept until one of them is answered: what both
 * sides agree on is no chance. A few messages in one block; those that do not fit are left out.
 */
final class HeldMessages {
  private static final int MAX_MESSAGES = 8;
  private static final int BLOCK_BYTES = 1 << 12;

  private final ReassemblyMemory memory;
  private final int[] offsets = new int[MAX_MESSAGES + 1];
  private final boolean[] fromClient = new boolean[MAX_MESSAGES];
  private final long[] times = new long[MAX_MESSAGES];
  private final int[] ids = new int[MAX_MESSAGES];
  private final long[] names = new long[MAX_MESSAGES];
  private @Nullable ByteBuf block;
  private int count;

  /** Takes the messages once they are known to be DNS. */
  @FunctionalInterface
  interface Receiver {
    void message(boolean fromClient, ByteBuf buffer, int offset, int length, long timeNanos);
  }

  HeldMessages(ReassemblyMemory memory) {
    this.memory = memory;
  }

  /** Keeps a query that can be answered. */
  void hold(
      boolean isClient, DnsMessage query, ByteBuf buffer, int offset, int length, long timeNanos) {
    if (count == MAX_MESSAGES || offsets[count] + length > BLOCK_BYTES) {
      return;
    }
    if (block == null) {
      block = memory.acquire(BLOCK_BYTES);
    }
    if (block == null) {
      return;
    }
    block.setBytes(offsets[count], buffer, offset, length);
    fromClient[count] = isClient;
    times[count] = timeNanos;
    ids[count] = query.id();
    names[count] = query.nameHash();
    offsets[++count] = offsets[count - 1] + length;
  }

  /** Whether a response of one side answers a query that the other side sent. */
  boolean answeredBy(boolean isClient, DnsMessage response) {
    for (int i = 0; i < count; i++) {
      if (fromClient[i] != isClient && ids[i] == response.id() && names[i] == response.nameHash()) {
        return true;
      }
    }
    return false;
  }

  /** Hands over what is held, oldest first. */
  void release(Receiver receiver) {
    ByteBuf held = block;
    if (held != null) {
      for (int i = 0; i < count; i++) {
        int length = offsets[i + 1] - offsets[i];
        receiver.message(fromClient[i], held, offsets[i], length, times[i]);
      }
    }
    clear();
  }

  /** Forgets what is held. */
  void clear() {
    count = 0;
    if (block != null) {
      memory.release(block);
      block = null;
    }
  }
}
