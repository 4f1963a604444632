// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How client addresses leave the process. Not thread-safe. */
public final class ClientPrivacy {
  private static final int V4_PREFIX = 24;
  private static final int V6_PREFIX = 48;
  private static final int PSEUDONYM_BYTES = 8;

  /** The ways. */
  public enum Mode {
    /** The network of the client: /24 for IPv4, /48 for IPv6. */
    PREFIX,
    /** A keyed hash of the address; the key is drawn at the start and never leaves. */
    PSEUDONYM,
    /** The address itself. */
    FULL,
    /** Nothing. */
    NONE
  }

  private final Mode mode;
  private final @Nullable Mac mac;

  /**
   * Chooses a way.
   *
   * @param key for {@link Mode#PSEUDONYM}, at least 16 bytes; unused otherwise
   */
  public ClientPrivacy(Mode mode, byte[] key) {
    this.mode = mode;
    mac = mode == Mode.PSEUDONYM ? mac(key) : null;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** The way chosen. */
  public Mode mode() {
    return mode;
  }

  /** What may be told of an address, or null for nothing. */
  public @Nullable String text(long high, long low) {
    return switch (mode) {
      case NONE -> null;
      case FULL -> AddressText.of(high, low);
      case PREFIX -> prefix(high, low);
      case PSEUDONYM -> pseudonym(high, low);
    };
  }

  /** The network of an address: the first 24 bits of IPv4, 48 of IPv6. */
  public static String prefix(long high, long low) {
    if (AddressText.v4(high, low)) {
      return AddressText.of(0, low & ~0xffL) + "/" + V4_PREFIX;
    }
    return AddressText.of(high & -1L << (64 - V6_PREFIX), 0) + "/" + V6_PREFIX;
  }

  private @Nullable String pseudonym(long high, long low) {
    if (mac == null) {
      return null;
    }
    byte[] hash = mac.doFinal(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    return HexFormat.of().formatHex(hash, 0, PSEUDONYM_BYTES);
  }
}
