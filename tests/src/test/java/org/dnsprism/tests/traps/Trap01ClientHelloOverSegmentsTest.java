// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trap 1: the ClientHello lies over several TCP segments and TLS records")
class Trap01ClientHelloOverSegmentsTest {
  private static final Peer SERVER = Peer.of(TlsTraffic.STRANGER, 443);
  private static final byte[] MESSAGE =
      HelloBuilder.browser("dns.test", "h2", "http/1.1").message();
  private static final byte[] HELLO = HelloBuilder.record(TlsTraffic.HANDSHAKE, MESSAGE);

  private final TrapCapture capture = TlsTraffic.capture();
  private int connections;

  /** A connection of its own, after its handshake; another one in the same state is not written. */
  private Conversation connection(boolean written) {
    Conversation conversation = new Conversation(Peer.numbered(connections, 40_000), SERVER);
    List<byte[]> handshake = conversation.open();
    if (written) {
      capture.packets(handshake);
    }
    return conversation;
  }

  private Conversation next() {
    connections++;
    return connection(true);
  }

  private void assertAllFound() {
    List<FlowRecord> flows = capture.run().flows();
    assertEquals(connections, flows.size());
    for (FlowRecord flow : flows) {
      TlsTraffic.assertVerdict("doh", "high", flow);
      assertEquals("dns.test", flow.sni());
      assertEquals(List.of("h2", "http/1.1"), flow.alpn());
      assertEquals(true, flow.pq());
      assertEquals(false, flow.joinedMidstream());
    }
  }

  @Test
  @DisplayName("cut at every byte into two segments")
  void cutAtEveryByte() {
    for (int cut = 1; cut < HELLO.length; cut++) {
      capture.packets(next().clientCut(HELLO, cut));
    }
    assertAllFound();
  }

  @Test
  @DisplayName("cut at every byte, the second segment first")
  void outOfOrderAtEveryByte() {
    for (int cut = 1; cut < HELLO.length; cut++) {
      List<byte[]> segments = next().clientCut(HELLO, cut);
      capture.packet(segments.get(1)).packet(segments.get(0));
    }
    assertAllFound();
  }

  @Test
  @DisplayName("the second segment repeats a part of the first")
  void overlappingAtEveryByte() {
    for (int cut = 7; cut < HELLO.length; cut++) {
      Conversation connection = next();
      List<byte[]> late = connection(false).clientCut(HELLO, cut - 1 - cut % 6);
      capture.packet(connection.clientCut(HELLO, cut).get(0)).packet(late.get(1));
    }
    assertAllFound();
  }

  @Test
  @DisplayName("three segments in all orders, each of them also twice")
  void allOrdersAndRepeats() {
    Random random = new Random(1);
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      for (int repeated = -1; repeated < 3; repeated++) {
        int first = 1 + random.nextInt(HELLO.length / 2);
        int second = first + 1 + random.nextInt(HELLO.length / 2 - 2);
        List<byte[]> segments = next().clientCut(HELLO, first, second);
        for (int index : order) {
          capture.packet(segments.get(index));
          if (index == repeated) {
            capture.packet(segments.get(index));
          }
        }
      }
    }
    assertAllFound();
  }

  @Test
  @DisplayName("the message is cut at every byte into two records")
  void overTwoRecords() {
    for (int cut = 1; cut < MESSAGE.length; cut++) {
      byte[] first = HelloBuilder.record(TlsTraffic.HANDSHAKE, Arrays.copyOf(MESSAGE, cut));
      byte[] rest = Arrays.copyOfRange(MESSAGE, cut, MESSAGE.length);
      byte[] second = HelloBuilder.record(TlsTraffic.HANDSHAKE, rest);
      Conversation connection = next();
      if (cut % 2 == 0) {
        capture.packet(connection.client(TlsTraffic.join(first, second)));
      } else {
        capture.packet(connection.client(first)).packet(connection.client(second));
      }
    }
    assertAllFound();
  }

  @Test
  @DisplayName("a byte in each segment and each record")
  void byteByByte() {
    List<byte[]> records = new ArrayList<>();
    for (byte octet : MESSAGE) {
      records.add(HelloBuilder.record(TlsTraffic.HANDSHAKE, new byte[] {octet}));
    }
    byte[] all = TlsTraffic.join(records.toArray(new byte[0][]));
    Conversation connection = next();
    for (byte octet : all) {
      capture.packet(connection.client(octet));
    }
    assertAllFound();
  }

  @Test
  @DisplayName("a hello of Chromium, of 1,965 bytes, cut at every byte and both ways round")
  void helloOfABrowser() {
    byte[] hello = TlsTraffic.chromiumHello();
    capture.endpoints(EndpointList.bundled());
    for (int cut = 1; cut < hello.length; cut++) {
      List<byte[]> segments = next().clientCut(hello, cut);
      capture.packet(segments.get(cut % 2)).packet(segments.get(1 - cut % 2));
    }
    List<FlowRecord> flows = capture.run().flows();
    assertEquals(hello.length - 1, flows.size());
    for (FlowRecord flow : flows) {
      assertEquals("doh", flow.transport());
      assertEquals("chrome.cloudflare-dns.com", flow.sni());
      assertEquals(List.of("h2", "http/1.1"), flow.alpn());
      assertEquals(true, flow.pq());
    }
  }
}
