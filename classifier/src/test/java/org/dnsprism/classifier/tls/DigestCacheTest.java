// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestCacheTest {
  private static final int BYTES = 12;

  private final DigestCache cache = new DigestCache(BYTES);

  private static byte[] digest(int number) {
    return "%012x".formatted(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void tellsNoOtherDigestThanTheOneKeptForTheList() {
    Random random = new Random(4);
    Map<String, byte[]> kept = new HashMap<>();
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      char[] list =
          random
              .ints(1 + random.nextInt(70), 0, 4)
              .collect(StringBuilder::new, (b, v) -> b.append((char) v), StringBuilder::append)
              .toString()
              .toCharArray();
      int length = Math.min(list.length, 1 + random.nextInt(4));
      String key = new String(list, 0, length);
      byte[] text = new byte[BYTES + 3];
      if (cache.find(list, length, text, 3)) {
        found++;
        assertArrayEquals(kept.get(key), Arrays.copyOfRange(text, 3, text.length));
      } else {
        byte[] digest = digest(i);
        cache.keep(list, length, digest, 0);
        kept.put(key, digest);
      }
    }
    assertTrue(found > 1_000, "so few were found: " + found);
  }

  @Test
  void aListThatBeginsAnotherIsNotTheOther() {
    char[] list = {1, 2, 3};
    cache.keep(list, 3, digest(1), 0);
    byte[] text = new byte[BYTES];
    assertTrue(cache.find(list, 3, text, 0));
    assertFalse(cache.find(list, 2, text, 0));
    assertFalse(cache.find(new char[] {1, 2, 4}, 3, text, 0));
  }

  @Test
  void aListThatIsTooLongIsNotKept() {
    char[] list = new char[65];
    cache.keep(list, list.length, digest(1), 0);
    assertFalse(cache.find(list, list.length, new byte[BYTES], 0));
    cache.keep(list, 64, digest(1), 0);
    assertTrue(cache.find(list, 64, new byte[BYTES], 0));
  }
}
