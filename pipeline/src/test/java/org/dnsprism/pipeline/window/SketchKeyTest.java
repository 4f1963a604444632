// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SketchKeyTest {
  private static final int CLIENTS = 10_000;

  @Test
  @DisplayName("the hash is SipHash-2-4: its authors' vector for 16 bytes, as OpenSSL gives it too")
  void vector() {
    SketchKey key = SketchKey.raw(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    assertEquals(0x3f2acc7f57c29bdbL, key.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L));
  }

  @Test
  @DisplayName("one secret makes one key, whoever has it; another secret another key and name")
  void secrets() {
    SketchKey key = SketchKey.ofSecret(secret("a secret of many agents"));
    SketchKey same = SketchKey.ofSecret(secret("a secret of many agents"));
    SketchKey other = SketchKey.ofSecret(secret("A secret of many agents"));

    assertEquals(sketch(key).encoded(), sketch(same).encoded());
    assertEquals(key.id(), same.id());
    assertNotEquals(sketch(key).encoded(), sketch(other).encoded());
    assertNotEquals(key.id(), other.id());
    assertNotEquals(SketchKey.random().id(), SketchKey.random().id());
  }

  @Test
  @DisplayName("a secret that can be guessed is refused")
  void shortSecret() {
    byte[] secret = new byte[SketchKey.MIN_SECRET_BYTES - 1];

    assertThrows(IllegalArgumentException.class, () -> SketchKey.ofSecret(secret));
  }

  @Test
  @DisplayName("with any key the estimate is right within four standard errors")
  void estimate() {
    for (String secret : new String[] {"the first of three secrets", "the second one of them"}) {
      double estimate = sketch(SketchKey.ofSecret(secret(secret))).estimate();

      assertEquals(CLIENTS, estimate, 4 * 0.023 * CLIENTS);
    }
  }

  private static ClientSketch sketch(SketchKey key) {
    ClientSketch sketch = new ClientSketch();
    for (int client = 0; client < CLIENTS; client++) {
      sketch.add(key.hash(0, 0x0000_ffff_6440_0000L + client));
    }
    return sketch;
  }

  private static byte[] secret(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
