// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsStreamParserTest {
  private static final byte[] MESSAGE = HelloBuilder.browser("dns.example", "dot").message();
  private static final byte[] RECORD = HelloBuilder.record(22, MESSAGE);
  private static final byte[] CHANGE_CIPHER = HelloBuilder.record(20, new byte[] {1});

  private final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  private final TlsCounters counters = new TlsCounters();
  private final TlsStreamParser parser = new TlsStreamParser(memory, counters);

  @AfterEach
  void memoryIsGivenBack() {
    parser.reset(true);
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void helloInOneSegmentIsReadInPlace() {
    assertEquals(TlsStatus.CLIENT_HELLO, feed(RECORD));
    assertHello();
    assertEquals(0, memory.peakBytes());
    assertEquals(0, counters.assembledHellos());
  }

  @Test
  void helloCutAtEveryByteOverTwoSegments() {
    for (int cut = 1; cut < RECORD.length; cut++) {
      parser.reset(true);
      TlsStatus first = feed(Arrays.copyOf(RECORD, cut));
      assertTrue(first == TlsStatus.UNDECIDED || first == TlsStatus.NEED_MORE, "cut " + cut);
      assertEquals(
          TlsStatus.CLIENT_HELLO,
          feed(Arrays.copyOfRange(RECORD, cut, RECORD.length)),
          "cut " + cut);
      assertHello();
    }
  }

  @Test
  void helloInSegmentsOfOneByte() {
    for (byte octet : RECORD) {
      feed(new byte[] {octet});
    }
    assertEquals(TlsStatus.CLIENT_HELLO, parser.status());
    assertHello();
  }

  @Test
  void helloCutAtEveryByteOverTwoRecords() {
    for (int cut = 1; cut < MESSAGE.length; cut++) {
      parser.reset(true);
      byte[] stream =
          join(
              HelloBuilder.record(22, Arrays.copyOf(MESSAGE, cut)),
              HelloBuilder.record(22, Arrays.copyOfRange(MESSAGE, cut, MESSAGE.length)));
      assertEquals(TlsStatus.CLIENT_HELLO, feed(stream), "cut " + cut);
      assertHello();
    }
  }

  @Test
  void helloCutAtRandomOverRecordsAndSegments() {
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      byte[] stream = new byte[0];
      for (int from = 0; from < MESSAGE.length; ) {
        int to = Math.min(MESSAGE.length, from + 1 + random.nextInt(700));
        stream = join(stream, HelloBuilder.record(22, Arrays.copyOfRange(MESSAGE, from, to)));
        from = to;
      }
      parser.reset(true);
      for (int from = 0; from < stream.length; ) {
        int to = Math.min(stream.length, from + 1 + random.nextInt(900));
        feed(Arrays.copyOfRange(stream, from, to));
        from = to;
      }
      assertEquals(TlsStatus.CLIENT_HELLO, parser.status());
      assertHello();
    }
  }

  @Test
  void secondHelloAfterARetryRequestKeepsTheNameAndGivesProtocolsAgain() {
    byte[] second = new HelloBuilder().sni("other.example").alpn("h2").ech(77, 0, 176).message();
    feed(RECORD);
    assertTrue(parser.wantsMore());
    assertEquals(Ech.GREASE, parser.hello().ech());
    feed(join(CHANGE_CIPHER, HelloBuilder.record(22, second)));
    assertEquals("dns.example", parser.hello().sni());
    assertEquals("h2", parser.hello().alpn());
    assertTrue(parser.hello().retried());
    assertEquals(Ech.OFFERED, parser.hello().ech());
    assertFalse(parser.wantsMore());
    assertEquals(1, counters.secondHellos());
  }

  @Test
  void encryptedRecordsAfterTheHelloEndTheReading() {
    feed(RECORD);
    feed(join(CHANGE_CIPHER, HelloBuilder.record(23, new byte[60])));
    assertFalse(parser.wantsMore());
    assertEquals(TlsStatus.CLIENT_HELLO, parser.status());
    assertFalse(parser.hello().retried());
  }

  @Test
  void plaintextIsNotTls() {
    assertEquals(TlsStatus.NOT_TLS, feed("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)));
    parser.reset(true);
    assertEquals(TlsStatus.NOT_TLS, feed(new byte[] {0}));
  }

  @Test
  void recordsInTheMiddleOfAStreamAreRecognised() {
    parser.reset(false);
    byte[] records =
        join(HelloBuilder.record(23, new byte[400]), HelloBuilder.record(23, new byte[90]));
    assertEquals(TlsStatus.RECORDS, feed(records));
    assertEquals(1, counters.midstreamStreams());
  }

  @Test
  void recordsBehindTheRestOfACutOneAreRecognised() {
    Random random = new Random(3);
    byte[] rest = new byte[777];
    random.nextBytes(rest);
    parser.reset(false);
    byte[] records =
        join(rest, HelloBuilder.record(23, new byte[400]), HelloBuilder.record(23, new byte[90]));
    assertEquals(TlsStatus.RECORDS, feed(records));
  }

  @Test
  void recordLongerThanASegmentIsRecognisedByTheOneBehindIt() {
    byte[] stream =
        join(HelloBuilder.record(23, new byte[4000]), HelloBuilder.record(23, new byte[90]));
    parser.reset(false);
    assertEquals(TlsStatus.UNDECIDED, feed(Arrays.copyOf(stream, 1400)));
    assertEquals(TlsStatus.UNDECIDED, feed(Arrays.copyOfRange(stream, 1400, 2800)));
    assertEquals(TlsStatus.RECORDS, feed(Arrays.copyOfRange(stream, 2800, stream.length)));
  }

  @Test
  void randomStreamsWithoutAKnownStartAreNotTls() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      parser.reset(false);
      byte[] piece = new byte[1400];
      for (int i = 0; i < 60; i++) {
        random.nextBytes(piece);
        feed(piece.clone());
      }
      assertEquals(TlsStatus.NOT_TLS, parser.status());
    }
  }

  @Test
  void helloBehindTheAddressLineOfALoadBalancerIsRead() {
    String line = "PROXY TCP4 192.0.2.1 198.51.100.2 56324 853\r\n";
    byte[] stream = join(line.getBytes(StandardCharsets.US_ASCII), RECORD);
    assertEquals(TlsStatus.CLIENT_HELLO, feed(stream));
    assertHello();
    parser.reset(true);
    feed(Arrays.copyOf(stream, 3));
    feed(Arrays.copyOfRange(stream, 3, line.length()));
    assertEquals(
        TlsStatus.CLIENT_HELLO, feed(Arrays.copyOfRange(stream, line.length(), stream.length)));
  }

  @Test
  void helloAfterAnUnknownStartIsRead() {
    parser.reset(false);
    feed("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals(TlsStatus.CLIENT_HELLO, feed(RECORD));
    assertHello();
  }

  @Test
  void gapInTheHelloLeavesWhatWasCaptured() {
    byte[] message = new HelloBuilder().sni("dns.example").alpn("dot").keyShare(29, 500).message();
    feed(Arrays.copyOf(HelloBuilder.record(22, message), 200));
    parser.onGap(300);
    assertEquals(TlsStatus.PARTIAL_CLIENT_HELLO, parser.status());
    assertHello();
    assertTrue(parser.hello().truncated());
    assertFalse(new Ja4().write(parser.hello(), false, new byte[Ja4.BYTES]));
    assertEquals(1, counters.partialHellos());
  }

  @Test
  void endInTheHelloLeavesWhatWasCaptured() {
    feed(Arrays.copyOf(RECORD, RECORD.length - 1));
    assertEquals(TlsStatus.PARTIAL_CLIENT_HELLO, parser.finish());
    assertEquals("dot", parser.hello().alpn());
  }

  @Test
  void helloInTheFormatOfSslVersion2() {
    byte[] hello =
        new HelloBuilder.Bytes()
            .u16(0x8000 | (9 + 6 + 16))
            .u8(1)
            .u16(0x0301)
            .u16(6)
            .u16(0)
            .u16(16)
            .raw(new byte[] {0, 0, 0x35, 1, 0, (byte) 0x80})
            .raw(new byte[16])
            .toArray();
    for (int cut = 0; cut < hello.length; cut++) {
      parser.reset(true);
      feed(Arrays.copyOf(hello, cut));
      assertEquals(TlsStatus.CLIENT_HELLO, feed(Arrays.copyOfRange(hello, cut, hello.length)));
      assertTrue(parser.hello().sslv2Format());
      assertEquals(0x0301, parser.hello().highestVersion());
      assertEquals(1, parser.hello().cipherSuiteCount());
    }
  }

  @Test
  void helloThatAnnouncesTooMuchIsCountedAndGivenUp() {
    byte[] start = RECORD.clone();
    start[6] = 2;
    assertEquals(TlsStatus.MALFORMED, feed(start));
    assertEquals(1, counters.tooLongHellos());
  }

  @Test
  void fullMemoryIsCountedAndGivesTheHelloUp() {
    TlsStreamParser poor = new TlsStreamParser(new ReassemblyMemory(1), counters);
    TlsStatus status = poor.feed(Unpooled.wrappedBuffer(RECORD), 0, 300);
    assertEquals(TlsStatus.MALFORMED, status);
    assertEquals(1, counters.memoryRefusals());
  }

  @Test
  void mutatedStreamsNeverThrowAndGiveTheirMemoryBack() {
    Random random = new Random(42);
    byte[] stream = join(RECORD, CHANGE_CIPHER, RECORD, HelloBuilder.record(23, new byte[99]));
    int hellos = 0;
    for (int round = 0; round < 30_000; round++) {
      byte[] mutant = stream.clone();
      for (int i = random.nextInt(4); i > 0; i--) {
        mutant[random.nextInt(random.nextBoolean() ? 90 : mutant.length)] = (byte) random.nextInt();
      }
      parser.reset(random.nextBoolean());
      for (int from = 0; from < mutant.length; ) {
        int to = Math.min(mutant.length, from + 1 + random.nextInt(1500));
        feed(Arrays.copyOfRange(mutant, from, to));
        if (random.nextInt(20) == 0) {
          parser.onGap(1 + random.nextInt(100));
        }
        from = to;
      }
      parser.finish();
      hellos += parser.status() == TlsStatus.CLIENT_HELLO ? 1 : 0;
      assertNotNull(parser.hello().toString());
      assertEquals(0, memory.usedBytes());
    }
    assertTrue(hellos > 1000);
  }

  private void assertHello() {
    assertEquals("dns.example", parser.hello().sni());
    assertEquals("dot", parser.hello().alpn());
  }

  private TlsStatus feed(byte[] bytes) {
    return parser.feed(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  private static byte[] join(byte[]... parts) {
    HelloBuilder.Bytes bytes = new HelloBuilder.Bytes();
    for (byte[] part : parts) {
      bytes.raw(part);
    }
    return bytes.toArray();
  }
}
