// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloParserTest {
  private final ClientHello hello = new ClientHello();

  @Test
  void everyFieldOfABrowserHelloIsRead() {
    assertEquals(
        HelloStatus.COMPLETE, parse(HelloBuilder.browser("DNS.Example", "h2", "http/1.1")));
    assertEquals("dns.example", hello.sni());
    assertEquals("h2,http/1.1", hello.alpn());
    assertEquals(AlpnProtocol.H2.bit() | AlpnProtocol.HTTP1.bit(), hello.alpnProtocols());
    assertEquals(0x0303, hello.legacyVersion());
    assertEquals(0x0304, hello.highestVersion());
    assertEquals(5, hello.cipherSuiteCount());
    assertEquals(8, hello.extensionCount());
    assertTrue(hello.postQuantumGroup());
    assertTrue(hello.postQuantumKeyShare());
    assertTrue(hello.sessionTicketPresent());
    assertFalse(hello.preSharedKeyPresent());
    assertFalse(hello.quicParametersPresent());
    assertFalse(hello.truncated());
    assertFalse(hello.overflowed());
  }

  @Test
  void helloWithoutExtensionsHasNeitherNameNorProtocols() {
    byte[] message = new HelloBuilder().legacyVersion(0x0301).message();
    byte[] bare = Arrays.copyOf(message, message.length - 2);
    bare[3] = (byte) (bare.length - 4);
    assertEquals(HelloStatus.COMPLETE, parse(bare));
    assertNull(hello.sni());
    assertNull(hello.alpn());
    assertEquals(0x0301, hello.highestVersion());
    assertEquals(Ech.NONE, hello.ech());
  }

  @Test
  void namesOfTheFirstHelloDoNotLeakIntoTheNext() {
    parse(HelloBuilder.browser("first.example", "dot"));
    parse(new HelloBuilder());
    assertNull(hello.sni());
    assertNull(hello.alpn());
    assertFalse(hello.postQuantumKeyShare());
    assertEquals(0, hello.alpnProtocols());
  }

  @ParameterizedTest
  @CsvSource({
    "dot, DOT",
    "doq, DOQ",
    "doq-i00, DOQ",
    "doq-i11, DOQ",
    "doq-h02, DOQ",
    "dq, DOQ",
    "dq-02, DOQ",
    "h2, H2",
    "h3, H3",
    "h3-29, H3",
    "h3-Q050, H3",
    "http/1.1, HTTP1",
    "http/1.0, HTTP1",
    "http/0.9, HTTP1",
    "http/2, FOREIGN",
    "h2c, FOREIGN",
    "hq-29, FOREIGN",
    "spdy/3.1, FOREIGN",
    "d, FOREIGN",
    "do, FOREIGN",
    "dots, FOREIGN",
    "doqx, FOREIGN",
    "h, FOREIGN",
    "h33, FOREIGN"
  })
  void alpnNamesAreToldApart(String name, AlpnProtocol protocol) {
    assertEquals(HelloStatus.COMPLETE, parse(new HelloBuilder().alpn(name)));
    assertEquals(protocol.bit(), hello.alpnProtocols());
  }

  @Test
  void theWholeListOfProtocolsCountsAndNotItsFirstAlone() {
    parse(new HelloBuilder().alpn("\u001a\u001a", "h3", "doq"));
    assertTrue(hello.offers(AlpnProtocol.DOQ));
    assertTrue(hello.offers(AlpnProtocol.H3));
    assertFalse(hello.offers(AlpnProtocol.FOREIGN));
    assertEquals("h3,doq", hello.alpn());
    assertEquals(2, hello.alpnCount());
  }

  @Test
  void unprintableProtocolNamesAreEscaped() {
    parse(new HelloBuilder().alpn("a,b", "\\x", "\u00e9\n"));
    assertEquals("a\\x2cb,\\x5cx,\\xe9\\x0a", hello.alpn());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "exa mple", "example\u0000.org", "\u00e4.example", "a/b", "1:2"})
  void namesThatCannotBeHostNamesAreLeftOut(String name) {
    assertEquals(HelloStatus.COMPLETE, parse(new HelloBuilder().sni(name)));
    assertTrue(hello.serverNamePresent());
    assertTrue(hello.serverNameMalformed());
    assertEquals(0, hello.sniLength());
    assertNull(hello.sni());
  }

  @Test
  void dotAtTheEndOfANameIsDropped() {
    parse(new HelloBuilder().sni("one.one.one.one."));
    assertEquals("one.one.one.one", hello.sni());
  }

  @Test
  void longestNameIsKeptAndOneLongerIsNot() {
    parse(new HelloBuilder().sni("a".repeat(255)));
    assertEquals(255, hello.sniLength());
    parse(new HelloBuilder().sni("a".repeat(256)));
    assertEquals(0, hello.sniLength());
    assertTrue(hello.serverNameMalformed());
  }

  @Test
  void greaseAndDraftVersionsDoNotRaiseTheVersion() {
    parse(new HelloBuilder().versions(0xfafa, 0x0302, 0x0303));
    assertEquals(0x0303, hello.highestVersion());
    parse(new HelloBuilder().versions(0x7f1c, 0x0303));
    assertEquals(0x0304, hello.highestVersion());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x11ec, 0x6399, 0x11eb, 0x11ed, 0x0200, 0x0201, 0x0202})
  void postQuantumKeySharesAreNoticed(int group) {
    parse(new HelloBuilder().list(10, 29, group));
    assertTrue(hello.postQuantumGroup());
    assertFalse(hello.postQuantumKeyShare());
    parse(new HelloBuilder().keyShare(group, 800));
    assertTrue(hello.postQuantumKeyShare());
    parse(new HelloBuilder().keyShare(29, 32));
    assertFalse(hello.postQuantumKeyShare());
  }

  @Test
  void echAloneIsTakenForGrease() {
    parse(HelloBuilder.browser("cloudflare-ech.com", "h2"));
    assertEquals(Ech.GREASE, hello.ech());
    assertEquals(77, hello.echConfigId());
  }

  @Test
  void innerHelloInTheClearHidesNothing() {
    parse(new HelloBuilder().extension(0xfe0d, new byte[] {1}));
    assertEquals(Ech.NONE, hello.ech());
    assertFalse(hello.malformedExtension());
  }

  @Test
  void resumptionAndEarlyDataAreNoticed() {
    parse(new HelloBuilder().extension(42, new byte[0]).extension(41, new byte[40]));
    assertTrue(hello.preSharedKeyPresent());
    assertTrue(hello.earlyDataPresent());
    parse(new HelloBuilder().extension(57, new byte[4]));
    assertTrue(hello.quicParametersPresent());
  }

  @Test
  void everyProperPrefixNeedsMoreAndKeepsWhatItHas() {
    byte[] message = HelloBuilder.browser("dns.example", "dot").message();
    boolean nameSeen = false;
    for (int length = 0; length < message.length; length++) {
      HelloStatus status = parse(Arrays.copyOf(message, length));
      assertEquals(HelloStatus.NEED_MORE, status, "length " + length);
      assertTrue(hello.truncated());
      if (hello.sni() != null) {
        nameSeen = true;
        assertEquals("dns.example", hello.sni());
      }
    }
    assertTrue(nameSeen);
    assertEquals(HelloStatus.COMPLETE, parse(Arrays.copyOf(message, message.length + 9)));
  }

  @Test
  void otherMessagesAreNoClientHello() {
    byte[] message = new HelloBuilder().message();
    message[0] = 2;
    assertEquals(HelloStatus.NOT_CLIENT_HELLO, parse(message));
  }

  @Test
  void lengthsBeyondTheMessageAreMalformed() {
    byte[] message = new HelloBuilder().sni("dns.example").message();
    for (int position : new int[] {38, 71, 72}) {
      byte[] broken = message.clone();
      broken[position] = (byte) 0xff;
      assertEquals(HelloStatus.MALFORMED, parse(broken), "byte " + position);
    }
    byte[] huge = message.clone();
    huge[1] = 1;
    assertEquals(HelloStatus.MALFORMED, parse(huge));
  }

  @Test
  void brokenExtensionIsLeftOutAndTheOthersAreRead() {
    parse(new HelloBuilder().extension(16, new byte[] {0, 9, 2, 'h'}).sni("dns.example"));
    assertTrue(hello.malformedExtension());
    assertEquals("dns.example", hello.sni());
    assertNull(hello.alpn());
  }

  @Test
  void mutatedHellosNeverThrow() {
    Random random = new Random(20250123);
    byte[] message = HelloBuilder.browser("dns.example", "h2", "dot").message();
    int complete = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] mutant = Arrays.copyOf(message, 1 + random.nextInt(message.length));
      mutant = random.nextInt(4) == 0 ? mutant : message.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      complete += parse(mutant) == HelloStatus.COMPLETE ? 1 : 0;
      assertNotNull(hello.toString());
    }
    assertTrue(complete > 1000);
  }

  private HelloStatus parse(HelloBuilder builder) {
    return parse(builder.message());
  }

  private HelloStatus parse(byte[] message) {
    ByteBuf buffer = Unpooled.wrappedBuffer(message);
    return ClientHelloParser.parse(buffer, 0, message.length, hello);
  }
}
