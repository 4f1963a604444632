// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    // RFC 5952, sections 1, 2 and 4.
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:DB8::AAAA, 2001:db8::aaaa",
    "2001:db8::, 2001:db8::",
    "::1, ::1",
    "::, ::",
    "::ffff:192.0.2.1, 192.0.2.1",
    "192.0.2.1, 192.0.2.1",
  })
  void textIsCanonical(String text, String canonical) {
    assertEquals(canonical, AddressText.parse(text).text());
  }

  @Test
  void v4IsHeldMapped() {
    AddressBlock block = AddressText.parse("1.2.3.4");
    assertEquals(0, block.high());
    assertEquals(0x0000ffff_01020304L, block.low());
  }

  @Test
  void allAddressesSurviveTheWayThroughText() throws Exception {
    SplittableRandom random = new SplittableRandom(5952);
    for (int i = 0; i < 20_000; i++) {
      long high = (random.nextLong() & maskOfGroups(random)) | (1L << 61);
      long low = random.nextLong() & maskOfGroups(random);
      String text = AddressText.format(high, low, false);
      byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
      assertArrayEquals(bytes, InetAddress.getByName(text).getAddress(), text);
      assertEquals(new AddressBlock(high, low, 128), AddressText.parse(text), text);
    }
  }

  private static long maskOfGroups(SplittableRandom random) {
    long mask = 0;
    for (int group = 0; group < 4; group++) {
      mask = (mask << 16) | (random.nextBoolean() ? 0xffff : 0);
    }
    return mask;
  }

  @Test
  void randomTextIsAnAddressOrRefused() {
    SplittableRandom random = new SplittableRandom(1);
    String letters = "0123456789abcdef:::...//%[]gx";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length >= 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        AddressBlock block = AddressText.parse(text.toString());
        assertEquals(block, AddressText.parse(block.text()));
      } catch (IllegalArgumentException e) {
        assertEquals("not an IP address: " + text, e.getMessage());
      }
    }
  }

  @Test
  void hostNamesAreNeverLookedUp() {
    assertThrows(IllegalArgumentException.class, () -> AddressText.parse("localhost"));
    assertThrows(IllegalArgumentException.class, () -> AddressText.parse("dead.beef"));
    assertThrows(IllegalArgumentException.class, () -> AddressText.parse(""));
  }
}
