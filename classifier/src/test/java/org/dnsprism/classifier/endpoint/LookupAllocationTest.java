// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LookupAllocationTest {
  private static final int ROUNDS = 100_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final EndpointList list = EndpointList.bundled();
  private final byte[][] names = {
    "dns.google".getBytes(StandardCharsets.US_ASCII),
    "abc123.dns.nextdns.io".getBytes(StandardCharsets.US_ASCII),
    "a.b.c.d.e.f.example.com".getBytes(StandardCharsets.US_ASCII),
  };

  @Test
  void lookUpsAllocateNothing() {
    int found = lookUp();
    long before = threads.getCurrentThreadAllocatedBytes();
    long overhead = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    found += lookUp();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before - overhead;
    assertEquals(2 * 4 * ROUNDS, found);
    assertTrue(allocated < ROUNDS / 100, "bytes allocated: " + allocated);
  }

  private int lookUp() {
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
      for (byte[] name : names) {
        int index = list.findName(name, 0, name.length);
        found += index >= 0 ? 1 : 0;
      }
      int index = list.findAddress(0, 0xffff_08080808L);
      found += index >= 0 && list.endpoint(index).serves(EndpointProtocol.DOT, 853) ? 1 : 0;
      found += list.findAddress(0x2606_4700_4700_0000L, i) >= 0 ? 1 : 0;
      found += list.findAddress(0, 0xffff_c0000201L) >= 0 ? 1 : 0;
    }
    return found;
  }
}
