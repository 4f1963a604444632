// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HpackCodeTest {
  /** Strings of RFC 7541, appendices C.4 and C.6, for the encoder that the tests use. */
  @ParameterizedTest
  @CsvSource({
    "www.example.com, f1e3c2e5f23a6ba0ab90f4ff",
    "no-cache, a8eb10649cbf",
    "custom-key, 25a849e95ba97d7f",
    "custom-value, 25a849e95bb8e8b4bf",
    "302, 6402",
    "private, aec3771a4b",
    "'Mon, 21 Oct 2013 20:13:21 GMT', d07abe941054d444a8200595040b8166e082a62d1bff",
    "https://www.example.com, 9d29ad171863c78f0b97c8e9ae82ae43d3",
    "307, 640eff",
    "gzip, 9bd9ab"
  })
  void encoderOfTheTestsAgreesWithTheRfc(String text, String code) {
    assertEquals(code, HexFormat.of().formatHex(HuffmanText.encode(text)));
  }

  /** The beginnings of these strings, as far as their characters are known here. */
  @ParameterizedTest
  @CsvSource({"custom-, 25a849e95ba97d7f", "pri, aec3771a4b", "no-cac, a8eb10649cbf"})
  void wholeBytesAreThoseOfTheRfc(String start, String code) {
    String whole = HexFormat.of().formatHex(HpackCode.encodeWhole(start));
    assertEquals(code.substring(0, whole.length()), whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dns-query",
        "application/dns-message",
        "-/acdegilmnopqrstuy",
        "yyyyyyyyq",
        "a",
        ""
      })
  void everyCharacterHasItsCode(String text) {
    assertArrayEquals(HuffmanText.commonBytes(text), HpackCode.encodeWhole(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "?", "\u00e9", "dns query"})
  void characterWithoutACodeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> HpackCode.encodeWhole(text));
  }
}
