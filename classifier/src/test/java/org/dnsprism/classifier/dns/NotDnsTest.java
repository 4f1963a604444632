// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** First bytes of other protocols, which turn up on any port, also on 53. */
class NotDnsTest {
  private final DnsMessage message = new DnsMessage();

  static Stream<Arguments> protocols() {
    byte[] hello = HelloBuilder.browser("dns.example", "dot").message();
    byte[] ones = new byte[200];
    Arrays.fill(ones, (byte) 0xff);
    return Stream.of(
        Arguments.of("TLS", HelloBuilder.record(22, hello)),
        Arguments.of("TLS alert", hex("15 03 03 00 02 02 28 15 03 03 00 02 01 00")),
        Arguments.of("HTTP", text("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n")),
        Arguments.of("HTTP response", text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
        Arguments.of("HTTP/2", text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")),
        Arguments.of("SIP", text("OPTIONS sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/UDP x\r\n")),
        Arguments.of("SSH", text("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")),
        Arguments.of("SSDP", text("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n\r\n")),
        Arguments.of(
            "BitTorrent", text("d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe")),
        Arguments.of("NTP client", ntp("23 00 06 20")),
        Arguments.of("NTP server", ntp("24 02 06 e8")),
        Arguments.of("STUN", stun()),
        Arguments.of("QUIC", quic()),
        Arguments.of("RTP", rtp()),
        Arguments.of("SNMP", hex("30 26 02 01 01 04 06 70 75 62 6c 69 63 a0 19 02 04 00 00 00 01")),
        Arguments.of("DHCP", dhcp()),
        Arguments.of("zeros", new byte[200]),
        Arguments.of("ones", ones),
        Arguments.of("text of one letter", text("a".repeat(300))));
  }

  private static byte[] hex(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] with(int length, String start, int at, String middle) {
    byte[] bytes = new byte[length];
    System.arraycopy(hex(start), 0, bytes, 0, hex(start).length);
    System.arraycopy(hex(middle), 0, bytes, at, hex(middle).length);
    return bytes;
  }

  /** RFC 5905, section 7.3: 48 octets, the last eight a time stamp. */
  private static byte[] ntp(String start) {
    return with(48, start, 40, "e8 f1 a2 b3 c4 d5 e6 f7");
  }

  /** RFC 8489, section 5: a binding request. */
  private static byte[] stun() {
    return with(20, "00 01 00 00 21 12 a4 42", 8, "01 02 03 04 05 06 07 08 09 0a 0b 0c");
  }

  /** The header of RFC 9001, appendix A.2, before what is encrypted. */
  private static byte[] quic() {
    return with(1200, "c0 00 00 00 01 08 83 94 c8 f0 3e 51 57 08", 16, "44 9e 7b 9a ec 34 d1 b1");
  }

  /** RFC 3550, section 5.1. */
  private static byte[] rtp() {
    return with(172, "80 00 12 34 00 00 00 a0 de ad be ef", 12, "d5 d5 d5 d5 55 55 55 55");
  }

  /** RFC 2131, figure 1: op, hardware type and length, hops, and the magic of the options. */
  private static byte[] dhcp() {
    return with(300, "01 01 06 00 39 03 f3 26", 236, "63 82 53 63 35 01 01 ff");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("protocols")
  void otherProtocolsAreNotDns(String protocol, byte[] bytes) {
    for (int length = 0; length <= bytes.length; length++) {
      byte[] start = Arrays.copyOf(bytes, length);
      assertEquals(
          DnsStatus.NOT_DNS, ParsedMessage.parse(start, length, DnsDialect.STRICT, message));
    }
    for (DnsDialect dialect : DnsDialect.values()) {
      assertEquals(
          DnsStatus.NOT_DNS, ParsedMessage.parse(bytes, bytes.length, dialect, message), protocol);
    }
  }
}
