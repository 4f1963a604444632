// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.classifier.quic.InitialSealer.V1;
import static org.dnsprism.classifier.quic.InitialSealer.crypto;
import static org.dnsprism.tests.traps.QuicTraffic.DCID;
import static org.dnsprism.tests.traps.QuicTraffic.NO_TOKEN;
import static org.dnsprism.tests.traps.QuicTraffic.SCID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 21: DoQ on any port, and doq in any place of the ALPN list")
class Trap21DoqAnywhereTest {
  private static FlowRecord flow(int port, String... alpn) {
    QuicTraffic quic = new QuicTraffic(port);
    byte[] hello = HelloBuilder.browser("dns.example", alpn).message();
    byte[] frames = crypto(hello, 0, hello.length);
    return TrapCapture.ethernet()
        .packet(quic.fromClient(quic.client.seal(V1, DCID, SCID, NO_TOKEN, 0, frames)))
        .packet(quic.answer(V1))
        .flow();
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 784, 853, 8853, 53, 4433, 50_000})
  void portDoesNotMatterWhenDoqIsOffered(int port) {
    FlowRecord flow = flow(port, "doq");
    assertEquals("doq certain", flow.transport() + " " + flow.confidence());
    assertEquals(port, flow.serverPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"doq h3", "h3 doq", "h3 h3-29 doq", "x y doq z", "h3 doq-i02"})
  void placeInTheListDoesNotMatter(String alpn) {
    FlowRecord flow = flow(443, alpn.split(" "));
    assertEquals("doq certain", flow.transport() + " " + flow.confidence());
  }

  @ParameterizedTest
  @CsvSource({"853, h3, other high", "853, x, other high", "784, h3, other high"})
  void portAloneDoesNotOutweighWhatIsOffered(int port, String alpn, String verdict) {
    FlowRecord flow = flow(port, alpn);
    assertEquals(verdict, flow.transport() + " " + flow.confidence());
  }
}
