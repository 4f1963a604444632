// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.dnsprism.pipeline.kafka.Completeness.Finding;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.Head;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Source;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final Source FLOWS = new Source("a", "r", "flow");

  @Test
  void gapsAreMissingAndRepeatsCount() {
    Completeness all = new Completeness(true);
    for (long seq : new long[] {1, 2, 4, 4, 7}) {
      all.add(flow(seq));
    }
    Finding finding = all.findings().get(0);
    assertEquals(4, finding.records());
    assertEquals(1, finding.duplicates());
    assertEquals(4, finding.missing());
    assertEquals("0, 3, 5-6", finding.gaps());
    assertFalse(finding.complete());
  }

  @Test
  void numbersBeforeARangeAreNotExpected() {
    Completeness range = new Completeness(false);
    range.add(flow(100));
    range.add(flow(101));
    assertTrue(range.findings().get(0).complete());
  }

  @Test
  void whatWasToldToBeGivenUpIsNotMissing() {
    Completeness all = new Completeness(true);
    all.add(flow(0));
    all.add(flow(5));
    all.add(new Discard(FLOWS, 1, 2, Discard.Cause.SPOOL_FULL));
    all.add(new Discard(FLOWS, 3, 5, Discard.Cause.SPOOL_FULL));
    Finding finding = all.findings().get(0);
    assertEquals(4, finding.discarded(), "5 was given up and arrived all the same");
    assertTrue(finding.complete());
  }

  @Test
  void theEndIsMissingWhenALaterWindowKnowsOfMore() {
    Completeness all = new Completeness(true);
    all.add(flow(0));
    Envelope window = window(Map.of("flow", new Delivery(3, 1, 2, 0, Map.of(), 0)));
    all.add(JsonCodec.decode(JsonCodec.encode(window)));
    Finding flows = all.findings().get(0);
    assertEquals(2, flows.missing());
    assertEquals("1-2", flows.gaps());
    assertEquals(0, all.unaccounted());
    assertFalse(flows.ended());
  }

  @Test
  void aSetOfNumbersIsWhatASetIs() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      SequenceSet set = new SequenceSet();
      Set<Long> expected = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        long first = random.nextInt(60);
        long last = first + random.nextInt(4);
        long added = 0;
        for (long number = first; number <= last; number++) {
          added += expected.add(number) ? 1 : 0;
        }
        assertEquals(added, set.add(first, last));
      }
      assertEquals(expected.size(), set.size());
      long inside = expected.stream().filter(number -> number >= 10 && number <= 30).count();
      assertEquals(inside, set.countIn(10, 30));
    }
  }

  private static Envelope flow(long seq) {
    return JsonCodec.decode(
        """
        {"record":"flow","schema":1,"agent":"a","run":"r","seq":%d,"start":"","end":"",
         "end_reason":"fin","client_port":1,"server_ip":"192.0.2.1","server_port":53,
         "ip_version":4,"protocol":"udp","transport":"do53-udp","confidence":"certain",
         "evidence":[],"client_packets":1,"server_packets":1,"client_bytes":1,"server_bytes":1,
         "joined_midstream":false,"one_way":false}
        """
            .formatted(seq)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope window(Map<String, Delivery> delivery) {
    Envelope window =
        JsonCodec.decode(
            """
            {"record":"window","schema":1,"agent":"a","run":"r","seq":0,"window_start":"",
             "window_s":60,"final":true,"frames":0,"bytes":0,"dns_frames":0,"other_frames":0,
             "ddr_queries":0,"svcb_answers":0,"ech_offered":0,"suspected_flows":0,
             "unobservable_flows":0,"flows_opened":0,"duplicates":0,"midstream_flows":0}
            """
                .getBytes(StandardCharsets.UTF_8));
    Head head = new Head(Body.Kind.WINDOW.label(), Head.SCHEMA, "a", "r", 0);
    return new Envelope(head, window.body(), delivery);
  }
}
