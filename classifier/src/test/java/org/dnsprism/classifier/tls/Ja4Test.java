// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JA4 against the values that FoxIO's specification "JA4: TLS Client Fingerprinting" states. */
class Ja4Test {
  private final Ja4 ja4 = new Ja4();

  private String of(HelloBuilder builder, boolean quic) {
    byte[] message = builder.message();
    ClientHello hello = new ClientHello();
    ClientHelloParser.parse(Unpooled.wrappedBuffer(message), 0, message.length, hello);
    byte[] text = new byte[Ja4.BYTES];
    return ja4.write(hello, quic, text) ? new String(text, StandardCharsets.US_ASCII) : "none";
  }

  /**
   * Suites and extensions of the specification's example in the order of its JA4_ro, and GREASE.
   */
  private static HelloBuilder example() {
    HelloBuilder builder =
        new HelloBuilder()
            .suites(
                0x9a9a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
                0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035)
            .extension(0x001b, new byte[0])
            .sni("example.org")
            .extension(0x0033, new byte[0])
            .alpn("h2", "http/1.1");
    for (int type : new int[] {0x3a3a, 0x4469, 0x0017, 0x002d}) {
      builder.extension(type, new byte[0]);
    }
    return builder;
  }

  private static HelloBuilder rest(HelloBuilder builder) {
    for (int type : new int[] {5, 0x23, 0x12}) {
      builder.extension(type, new byte[0]);
    }
    builder.versions(0xdada, 0x0304, 0x0303);
    for (int type : new int[] {0xff01, 0xb, 0xa}) {
      builder.extension(type, new byte[0]);
    }
    return builder.extension(0x15, new byte[3]);
  }

  @Test
  void workedExample() {
    HelloBuilder hello =
        rest(example().list(13, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601));
    assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", of(hello, false));
    assertEquals("q13d1516h2_8daaf6152771_e5627efa2ab1", of(hello, true));
  }

  @Test
  void isTheSameWhenTheListsWereMetBefore() {
    HelloBuilder hello =
        rest(example().list(13, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601));
    for (int i = 0; i < 3; i++) {
      assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", of(hello, false));
      assertEquals(
          "t13d1516h2_8daaf6152771_6d807ffa2a79",
          of(rest(example().extension(13, new byte[0])), false));
    }
  }

  @Test
  void greaseAmongSignatureAlgorithmsIsIgnored() {
    HelloBuilder hello =
        rest(
            example()
                .list(13, 0x0403, 0x0804, 0xeaea, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601));
    assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", of(hello, false));
  }

  @Test
  void withoutSignatureAlgorithmsThereIsNoUnderscore() {
    HelloBuilder hello = rest(example().extension(13, new byte[0]));
    assertEquals("t13d1516h2_8daaf6152771_6d807ffa2a79", of(hello, false));
  }

  @Test
  void listsWithoutValuesAreZeros() {
    assertEquals(
        "t12i000000_000000000000_000000000000", of(new HelloBuilder().suites(0x4a4a), false));
    assertEquals(
        "000000000000", of(new HelloBuilder().sni("a.example").alpn("h2"), false).substring(24));
  }

  @ParameterizedTest
  @CsvSource({
    "AB, ab",
    "ABCD, ad",
    "30AB, 3b",
    "3031ABCD, 3d",
    "30ABCD31, 01",
    "6832, h2",
    "68, hh"
  })
  void protocolByFirstAndLastCharacter(String hex, String shown) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < hex.length(); i += 2) {
      name.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
    }
    assertEquals(shown, of(new HelloBuilder().alpn(name.toString()), false).substring(8, 10));
  }

  @ParameterizedTest
  @CsvSource({"0304, 13", "0303, 12", "0302, 11", "0301, 10", "0300, s3", "0399, 00"})
  void versionByTheHighestOffered(String version, String shown) {
    HelloBuilder hello = new HelloBuilder().versions(0x5a5a, Integer.parseInt(version, 16));
    assertEquals(shown, of(hello, false).substring(1, 3));
  }

  @Test
  void countsStopAtNinetyNine() {
    int[] suites = new int[120];
    for (int i = 0; i < suites.length; i++) {
      suites[i] = 0xc100 + i;
    }
    assertEquals("99", of(new HelloBuilder().suites(suites), false).substring(4, 6));
  }

  @Test
  void helloThatWasCutHasNone() {
    byte[] message = HelloBuilder.browser("dns.example", "h2").message();
    ClientHello hello = new ClientHello();
    ClientHelloParser.parse(Unpooled.wrappedBuffer(message), 0, message.length - 1, hello);
    assertFalse(ja4.write(hello, false, new byte[Ja4.BYTES]));
  }
}
