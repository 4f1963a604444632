// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.tests.traps.TlsTraffic.assertVerdict;
import static org.dnsprism.tests.traps.TlsTraffic.has;
import static org.dnsprism.tests.traps.TlsTraffic.nameless;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A resolver's name is asked for, the answer has an address that is on no list, and HTTPS without a
 * name goes there: with the bundled list, from packets to records, by one thread and by two.
 */
class LearnedAnswersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Name LISTED = Name.fromConstantString("cloudflare-dns.com.");

  /** On no list, and no special address (RFC 6890). */
  private static final String SERVER = "9.8.7.6";

  private static final Peer CLIENT = Peer.of("100.64.1.77", 50_000);
  private static final Peer RESOLVER = Peer.of("100.64.9.53", 53);

  private final TrapCapture capture = TrapCapture.ethernet();

  private static Message message(Name name, int type) {
    Message message = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    message.getHeader().setID(4711);
    return message;
  }

  private void ask(Name name, int type, int rcode, Record... records) {
    Message answer = message(name, type);
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setRcode(rcode);
    for (Record each : records) {
      answer.addRecord(each, Section.ANSWER);
    }
    capture
        .packet(IpPackets.udp(CLIENT, RESOLVER, message(name, type).toWire()))
        .packet(IpPackets.udp(RESOLVER, CLIENT, answer.toWire()));
  }

  private void answer(String address, long ttl) {
    ask(
        LISTED,
        Type.A,
        Rcode.NOERROR,
        new ARecord(LISTED, DClass.IN, ttl, Peer.of(address, 0).address()));
  }

  private void https(String server, HelloBuilder hello) {
    Conversation tcp = new Conversation(Peer.of("100.64.1.78", 40_000), Peer.of(server, 443));
    capture
        .packets(tcp.open())
        .packet(tcp.client(TlsTraffic.record(hello)))
        .packet(tcp.server(TlsTraffic.encrypted(1, 400)))
        .packets(tcp.close());
  }

  private static FlowRecord flowTo(RunOfCapture run, int port) {
    return run.flows().stream().filter(f -> f.serverPort() == port).findFirst().orElseThrow();
  }

  private static String source(FlowRecord flow, String kind) {
    return flow.evidence().stream()
        .filter(item -> item.kind().equals(kind))
        .map(FlowRecord.EvidenceItem::source)
        .findFirst()
        .orElse("none");
  }

  @Test
  void dohWithoutANameToTheAddressInAnAnswerIsFound() {
    answer(SERVER, 300);
    https(SERVER, nameless("h2"));
    RunOfCapture run = capture.run();
    FlowRecord doh = flowTo(run, 443);
    assertVerdict("doh", "medium", doh);
    assertEquals("Cloudflare", doh.operator());
    // TrapCapture's first frame is at 1,790,000,000 s, its second a millisecond later.
    assertEquals(
        "learned from answer at 2026-09-21T14:13:20.001000Z by 100.64.9.0/24"
            + " for cloudflare-dns.com",
        source(doh, "address_learned"));
    assertFalse(source(doh, "address_learned").contains("100.64.1."), "no client is told of");
    WindowRecord window = run.windows().get(0);
    assertTrue(window.endpointList().learned() > 0);
  }

  @Test
  void withoutTheAnswerItIsOther() {
    https(SERVER, nameless("h2"));
    assertVerdict("other", "high", flowTo(capture.run(), 443));
  }

  @Test
  void theFlowMayComeBeforeTheAnswerInTheSameWindow() {
    https(SERVER, nameless("h2"));
    answer(SERVER, 300);
    assertVerdict("doh", "medium", flowTo(capture.run(), 443));
  }

  @Test
  void anAnswerIsForgottenWhenItsLifeIsOver() {
    answer(SERVER, 90);
    capture.after(80 * SECOND);
    https(SERVER, nameless("h2"));
    capture.after(40 * SECOND);
    Peer late = Peer.of("9.8.7.1", 443);
    Conversation other = new Conversation(Peer.of("100.64.1.79", 40_001), late);
    capture.packets(other.open()).packets(other.close()).after(20 * SECOND);
    https(SERVER, nameless("h2"));
    RunOfCapture run = capture.run();
    assertEquals(
        java.util.List.of("doh", "other"),
        run.flows().stream()
            .filter(f -> f.serverIp().equals(SERVER))
            .map(FlowRecord::transport)
            .toList());
    long expired = run.windows().stream().mapToLong(w -> w.learningLoss().get("expired")).sum();
    assertTrue(expired > 0);
  }

  @Test
  void aPrivateAnswerChangesNothingAndIsCounted() {
    answer("192.168.1.1", 300);
    https("192.168.1.1", nameless("h2"));
    RunOfCapture run = capture.run();
    assertVerdict("other", "high", flowTo(run, 443));
    assertEquals(1L, run.windows().get(0).learningLoss().get("special_address"));
  }

  /** 8.8.8.8 is Google's in the bundled list. */
  @Test
  void aPoisonedAnswerDoesNotTakeAListedAddressAway() {
    answer("8.8.8.8", 300);
    https("8.8.8.8", nameless("h2"));
    RunOfCapture run = capture.run();
    FlowRecord doh = flowTo(run, 443);
    assertVerdict("doh", "medium", doh);
    assertEquals("Google", doh.operator());
    assertFalse(has(doh, "address_learned"));
    assertEquals(1L, run.windows().get(0).learningLoss().get("other_operator"));
  }

  @Test
  void aPoisonedAnswerDoesNotTurnAWebSiteIntoDns() {
    answer(SERVER, 300);
    https(SERVER, nameless("h2").sni("www.shop.example"));
    FlowRecord web = flowTo(capture.run(), 443);
    assertVerdict("other", "high", web);
    assertFalse(has(web, "address_learned"));
  }

  @Test
  void namesThatDiscoverOrForbidEncryptedDnsAreCounted() {
    ask(Name.fromConstantString("use-application-dns.net."), Type.A, Rcode.NXDOMAIN);
    ask(Name.fromConstantString("mask.icloud.com."), Type.AAAA, Rcode.NOERROR);
    ask(Name.fromConstantString("mask-h2.icloud.com."), Type.A, Rcode.NOERROR);
    ask(Name.fromConstantString("_dns.resolver.arpa."), Type.SVCB, Rcode.NOERROR);
    ask(Name.fromConstantString("resolver.arpa."), Type.SOA, Rcode.NOERROR);
    ask(Name.fromConstantString("_dns.dns.example."), Type.SVCB, Rcode.NOERROR);
    WindowRecord window = capture.run().windows().get(0);
    assertEquals(1L, window.canaries().get("use-application-dns.net"));
    assertEquals(1L, window.canaries().get("mask.icloud.com"));
    assertEquals(1L, window.canaries().get("mask-h2.icloud.com"));
    assertEquals(2L, window.canaries().get("resolver.arpa"));
    assertEquals(1L, window.canaryBlocked());
    assertEquals(1L, window.ddrQueries());
  }

  @Test
  void noRecordTellsOfTheClientThatAsked() {
    answer(SERVER, 300);
    https(SERVER, nameless("h2"));
    String flow =
        new String(capture.run().json(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("\"address_learned\""))
            .findFirst()
            .orElseThrow();
    assertFalse(flow.contains("100.64.1.77"));
    assertFalse(flow.contains("100.64.9.53"));
  }
}
