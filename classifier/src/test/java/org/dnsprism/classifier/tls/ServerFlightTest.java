// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.dnsprism.classifier.tls.ServerMessages.CERTIFICATE;
import static org.dnsprism.classifier.tls.ServerMessages.OLD_CERTIFICATE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerFlightTest {
  private final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  private final ServerFlight flight = new ServerFlight(memory);

  @AfterEach
  void memoryIsGivenBack() {
    flight.reset(true);
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void version13IsTakenFromTheExtension() {
    feed(ServerMessages.hello(0x0303, ServerMessages.RANDOM, 43, new byte[] {3, 4}));
    assertTrue(flight.serverHelloSeen());
    assertEquals(0x0304, flight.version());
    assertTrue(flight.done());
  }

  @Test
  void retryRequestIsNoServerHello() {
    feed(ServerMessages.hello(0x0303, ServerMessages.RETRY_RANDOM, 43, new byte[] {3, 4}));
    assertTrue(flight.helloRetryRequestSeen());
    assertFalse(flight.serverHelloSeen());
    assertFalse(flight.done());
    feed(HelloBuilder.record(20, new byte[] {1}));
    feed(ServerMessages.hello(0x0303, ServerMessages.RANDOM, 43, new byte[] {3, 4}));
    assertTrue(flight.serverHelloSeen());
    assertTrue(flight.helloRetryRequestSeen());
  }

  @Test
  void protocolAndNamesOfVersion12AreRead() {
    feed(ServerMessages.hello(0x0303, ServerMessages.RANDOM, 16, new byte[] {0, 3, 2, 'h', '2'}));
    assertFalse(flight.done());
    feed(ServerMessages.certificates(CERTIFICATE, OLD_CERTIFICATE));
    assertEquals(0x0303, flight.version());
    assertEquals("h2", alpn());
    assertEquals(List.of("dns.example", "*.dns.example", "third.example"), names());
    assertTrue(flight.done());
  }

  @Test
  void commonNameServesWhereThereAreNoOthers() {
    feed(ServerMessages.hello(0x0302, ServerMessages.RANDOM, 65281, new byte[] {0}));
    feed(ServerMessages.certificates(OLD_CERTIFICATE));
    assertEquals(List.of("common.example"), names());
    assertEquals("", alpn());
  }

  @Test
  void flightCutAtEveryByte() {
    byte[] flightBytes =
        join(
            ServerMessages.hello(0x0303, ServerMessages.RANDOM, 16, new byte[] {0, 3, 2, 'h', '2'}),
            ServerMessages.certificates(CERTIFICATE));
    for (int cut = 1; cut < flightBytes.length; cut++) {
      flight.reset(true);
      feed(Arrays.copyOf(flightBytes, cut));
      feed(Arrays.copyOfRange(flightBytes, cut, flightBytes.length));
      assertEquals(3, names().size(), "cut " + cut);
      assertEquals("h2", alpn());
    }
  }

  @Test
  void alertIsKept() {
    feed(HelloBuilder.record(21, new byte[] {2, 120}));
    assertEquals(120, flight.alert());
    assertTrue(flight.done());
  }

  @Test
  void resumedSessionEndsWithTheHello() {
    feed(ServerMessages.hello(0x0303, ServerMessages.RANDOM, 65281, new byte[] {0}));
    feed(HelloBuilder.record(20, new byte[] {1}));
    assertTrue(flight.done());
    assertEquals(0, names().size());
  }

  @Test
  void plaintextEndsTheReading() {
    feed(new byte[] {'H', 'T', 'T', 'P', '/', '1', '.', '1'});
    assertTrue(flight.done());
    assertEquals(0, flight.version());
  }

  @Test
  void mutatedFlightsNeverThrow() {
    Random random = new Random(31);
    byte[] bytes =
        join(
            ServerMessages.hello(0x0303, ServerMessages.RANDOM, 16, new byte[] {0, 3, 2, 'h', '2'}),
            ServerMessages.certificates(CERTIFICATE));
    int named = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] mutant = bytes.clone();
      for (int i = random.nextInt(5); i >= 0; i--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      flight.reset(true);
      int cut = random.nextInt(mutant.length);
      feed(Arrays.copyOf(mutant, cut));
      feed(Arrays.copyOfRange(mutant, cut, mutant.length));
      named += names().isEmpty() ? 0 : 1;
    }
    assertTrue(named > 10_000);
  }

  private List<String> names() {
    byte[] bytes = flight.certificateNames();
    List<String> names = new ArrayList<>();
    for (int at = 0; at < flight.certificateNamesLength(); at += 1 + (bytes[at] & 0xff)) {
      names.add(new String(bytes, at + 1, bytes[at] & 0xff, StandardCharsets.US_ASCII));
    }
    return names;
  }

  private String alpn() {
    return AlpnText.join(flight.alpnBytes(), flight.alpnLength());
  }

  private void feed(byte[] bytes) {
    flight.onBytes(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  private static byte[] join(byte[] first, byte[] second) {
    return new HelloBuilder.Bytes().raw(first).raw(second).toArray();
  }
}
