// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.dnsprism.pipeline.record.CaptureLedger;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.report.LiveState.Messages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveScreenTest {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[[0-9;]*m");

  private final LiveScreen screen = new LiveScreen(List.of("eth1", "eth2"));

  private static LiveState state(long frames, long queries, CaptureLedger ledger, int factor) {
    Map<String, Messages> messages = Map.of("do53-udp", new Messages(queries, queries / 2));
    return new LiveState(frames, frames * 100, frames / 4, 0, factor, 7, messages, ledger);
  }

  private static CaptureLedger dropped(long frames) {
    return new CaptureLedger(9, 9 - frames, frames, 0, frames, 0, List.of());
  }

  private void cell(String transport, String operator, long flows) {
    String json =
        """
        {"record":"stats","schema":1,"agent":"a","run":"r","seq":0,"transport":"%s",
         "operator":"%s","flows":%d,"queries":10}"""
            .formatted(transport, operator, flows);
    screen.add(JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8)).body());
  }

  private String text(int columns, int rows, @Nullable KafkaState kafka) {
    return String.join("\n", screen.lines(new ReportStyle(columns, false, true), rows, kafka));
  }

  private void fill() {
    screen.add(state(1000, 100, dropped(0), 1), 1);
    cell("doh", "Cloudflare", 30);
    cell("do53-udp", "Google", 60);
    cell("mdns", "unknown", 500);
    cell("do53-udp", "Cloudflare", 10);
    screen.add(Traffic.evening().summary().whole());
    screen.add(state(3000, 180, dropped(0), 1), 3);
  }

  @Test
  void ratesAreThoseOfTheLastSecond() {
    fill();
    String text = text(80, 24, new KafkaState(10, 10, 0, 0));
    assertTrue(text.contains("1,000 frames/s"), text);
    assertTrue(text.contains("800 kbit/s"), text);
    assertTrue(Pattern.compile("do53-udp +40 +20 +6,000").matcher(text).find(), text);
    assertTrue(text.contains("25.0 % copies"), text);
    assertTrue(text.contains("no frame dropped"), text);
    assertTrue(text.contains("Kafka: 10 records taken · 0 wait"), text);
  }

  @Test
  void operatorsOfTheWindowTheLargestFirst() {
    fill();
    String text = text(80, 40, null);
    int google = text.indexOf("Google");
    int cloudflare = text.indexOf("Cloudflare");
    assertTrue(google > 0 && cloudflare > google, text);
    assertTrue(Pattern.compile("Google +60 +10 +60.0 %").matcher(text).find(), text);
    assertTrue(Pattern.compile("Cloudflare +40 +20 +40.0 %").matcher(text).find(), text);
    assertFalse(text.contains("not in the list"), "mDNS is nobody's");
    assertFalse(text.contains("Kafka"), text);
  }

  @Test
  void operatorsOfAWindowBeforeAreGone() {
    fill();
    cell("dot", "Quad9", 5);
    screen.add(Traffic.evening().summary().whole());
    String text = text(80, 40, null);
    assertTrue(text.contains("Quad9"), text);
    assertFalse(text.contains("Google"), text);
  }

  @Test
  void lossAndOverloadAreShown() {
    screen.add(state(1000, 100, dropped(3), 4), 1);
    String text = text(80, 24, new KafkaState(10, 4, 5, 1));
    assertTrue(text.contains("3 frames dropped"), text);
    assertTrue(text.contains("3 full rings"), text);
    assertTrue(text.contains("overload: 1 of 4 clients looked at"), text);
    assertTrue(text.contains("Kafka: 4 records taken · 5 wait · 1 given up"), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 24, 50})
  void fitsTheTerminal(int rows) {
    fill();
    screen.add(Traffic.monstrous().summary().whole());
    cell("doh", "x".repeat(200), Long.MAX_VALUE / 4);
    screen.add(Traffic.monstrous().summary().whole());
    screen.add(state(Long.MAX_VALUE / 200, 1, dropped(9), 64), 4);
    for (int columns : new int[] {60, 80, 160}) {
      KafkaState kafka = new KafkaState(1, 2, 3, 4);
      List<String> lines = screen.lines(new ReportStyle(columns, true, true), rows, kafka);
      assertTrue(lines.size() <= rows, () -> lines.size() + " lines");
      for (String line : lines) {
        String plain = SEQUENCE.matcher(line).replaceAll("");
        assertTrue(plain.length() <= columns, plain);
        assertFalse(plain.contains("\u001b"), plain);
      }
    }
  }

  @Test
  void somethingIsShownBeforeAnythingIsKnown() {
    assertEquals(
        "dnsprism live  eth1, eth2  up 0.00 s", text(80, 24, null).lines().toList().get(0));
  }
}
