// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import static org.dnsprism.classifier.flow.Shard.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.tls.ServerMessages;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;

/**
 * The names in a server's certificate speak where the client gives none. One certificate of the
 * tests names common.example alone, the other dns.example, *.dns.example and third.example.
 */
class CertificateEvidenceTest {
  private static final String HEAD = "kind\tvalue\toperator\tprotocols\tsharing\n";
  private static final String COMMON = "exact\tcommon.example\tA\tdoh:443\tdedicated\n";

  private static Journal.End flow(String list, HelloBuilder hello, byte[] certificate) {
    Shard shard = new Shard(Shard.SETTINGS, Shard.endpoints(HEAD + list));
    Peer server = Peer.of("192.0.2.1", 443);
    Connection connection = new Connection(Peer.numbered(1, 1001), server, SECOND);
    shard.feed(connection.open());
    shard.feed(connection.request(HelloBuilder.record(22, hello.message())));
    shard.feed(connection.answer(ServerMessages.hello12("h2")));
    shard.feed(connection.answer(ServerMessages.certificates(certificate)));
    return shard.finish(0).ends.get(0);
  }

  private static HelloBuilder nameless() {
    return new HelloBuilder().alpn("h2");
  }

  private static void assertVerdict(
      Transport transport, Confidence confidence, boolean listed, Journal.End flow) {
    assertEquals(transport, flow.transport());
    assertEquals(confidence, flow.confidence());
    assertEquals(listed, Evidence.CERTIFICATE_LISTED.in(flow.evidence()));
  }

  @Test
  void certificateThatNamesDnsAlone() {
    Journal.End flow = flow(COMMON, nameless(), ServerMessages.OLD_CERTIFICATE);
    assertVerdict(Transport.DOH, Confidence.MEDIUM, true, flow);
    assertEquals(false, Evidence.CERTIFICATE_SHARED.in(flow.evidence()));
  }

  @Test
  void certificateWithOtherNamesToo() {
    String list = "exact\tthird.example\tA\tdoh:443\tdedicated\n";
    Journal.End flow = flow(list, nameless(), ServerMessages.CERTIFICATE);
    assertVerdict(Transport.DOH, Confidence.LOW, true, flow);
    assertEquals(true, Evidence.CERTIFICATE_SHARED.in(flow.evidence()));
  }

  @Test
  void wildcardCountsBelowSuffixRulesOnly() {
    String all = "exact\tthird.example\tA\tdoh:443\tdedicated\n";
    String suffix = "suffix\tdns.example\tA\tdoh:443\tdedicated\n";
    Journal.End flow = flow(all + suffix, nameless(), ServerMessages.CERTIFICATE);
    assertVerdict(Transport.DOH, Confidence.MEDIUM, true, flow);
    String exact = "exact\tdns.example\tA\tdoh:443\tdedicated\n";
    flow = flow(all + exact, nameless(), ServerMessages.CERTIFICATE);
    assertVerdict(Transport.DOH, Confidence.LOW, true, flow);
  }

  @Test
  void nameOfTheClientGoesBeforeTheCertificate() {
    HelloBuilder named = nameless().sni("shop.example");
    Journal.End flow = flow(COMMON, named, ServerMessages.OLD_CERTIFICATE);
    assertVerdict(Transport.OTHER, Confidence.HIGH, false, flow);
  }

  @Test
  void unlistedCertificateSaysNothing() {
    Journal.End flow = flow(COMMON, nameless(), ServerMessages.CERTIFICATE);
    assertVerdict(Transport.OTHER, Confidence.HIGH, false, flow);
  }
}
