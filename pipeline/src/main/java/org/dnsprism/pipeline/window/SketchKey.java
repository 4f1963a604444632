// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret with which client addresses are hashed into sketches: whoever lacks it cannot ask a
 * sketch for an address. Sketches can be merged when they were made with the same key. The hash is
 * SipHash-2-4 (J.-P. Aumasson and D. J. Bernstein, 2012).
 */
public final class SketchKey {
  /** Fewest bytes of a secret. */
  public static final int MIN_SECRET_BYTES = 16;

  private static final int ID_BYTES = 4;
  private static final long BYTES_HASHED = 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;
  private final String id;

  private SketchKey(long k0, long k1, String id) {
    this.k0 = k0;
    this.k1 = k1;
    this.id = id;
  }

  /**
   * The key of a secret: the same for all agents that have the same one.
   *
   * @throws IllegalArgumentException when the secret has fewer than {@link #MIN_SECRET_BYTES}
   */
  public static SketchKey ofSecret(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a secret needs %d bytes or more, not %d".formatted(MIN_SECRET_BYTES, secret.length));
    }
    byte[] key = derived(secret, "dnsprism client sketch");
    byte[] name = derived(secret, "dnsprism client sketch, name of the key");
    return new SketchKey(
        (long) LONGS.get(key, 0),
        (long) LONGS.get(key, Long.BYTES),
        HexFormat.of().formatHex(name, 0, ID_BYTES));
  }

  /** A key that nobody else has. */
  public static SketchKey random() {
    byte[] secret = new byte[MIN_SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return ofSecret(secret);
  }

  /** The key with the very 128 bits, for the vectors of the hash's authors. */
  static SketchKey raw(long k0, long k1) {
    return new SketchKey(k0, k1, "");
  }

  private static byte[] derived(byte[] secret, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Tells keys apart without telling the key: 8 hexadecimal digits. */
  public String id() {
    return id;
  }

  /**
   * The hash of an address.
   *
   * @param high upper half of the IPv6 address, 0 for IPv4
   * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
   */
  long hash(long high, long low) {
    return new SipState(k0, k1).hash(high, low);
  }

  /** The four words of SipHash; on the stack once it is compiled. */
  private static final class SipState {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    SipState(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    long hash(long first, long second) {
      compress(first);
      compress(second);
      compress(BYTES_HASHED << 56);
      v2 ^= 0xff;
      for (int i = 0; i < 4; i++) {
        round();
      }
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void compress(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    private void round() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
