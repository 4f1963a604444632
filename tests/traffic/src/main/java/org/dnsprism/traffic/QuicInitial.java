// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Protects Initial packets of QUIC version 1 (RFC 9001, sections 5.2 to 5.4). */
final class QuicInitial {
  static final int VERSION = 1;

  /** What authenticates a packet. */
  static final int TAG = 16;

  private static final byte[] SALT =
      HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final String HMAC = "HmacSHA256";
  private static final int HASH = 32;
  private static final int KEY = 16;
  private static final int IV = 12;
  private static final int SAMPLE_AFTER = 4;

  private final Mac mac;
  private final Cipher aead;
  private final Cipher block;

  QuicInitial() {
    try {
      mac = Mac.getInstance(HMAC);
      aead = Cipher.getInstance("AES/GCM/NoPadding");
      block = Cipher.getInstance("AES/ECB/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keys of one side of a connection. */
  static final class Keys {
    private final SecretKeySpec key;
    private final SecretKeySpec header;
    private final byte[] iv;

    private Keys(byte[] key, byte[] iv, byte[] header) {
      this.key = new SecretKeySpec(key, "AES");
      this.header = new SecretKeySpec(header, "AES");
      this.iv = iv;
    }
  }

  /**
   * Keys of the client or the server, from the connection ID that the client began with.
   *
   * @throws IllegalStateException if this Java has no HMAC with SHA-256
   */
  Keys keys(byte[] connectionId, boolean client) {
    try {
      byte[] initial = hmac(SALT, connectionId);
      byte[] secret = expand(initial, client ? "client in" : "server in", HASH);
      return new Keys(
          expand(secret, "quic key", KEY),
          expand(secret, "quic iv", IV),
          expand(secret, "quic hp", KEY));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(data);
  }

  /** HKDF-Expand-Label (RFC 8446, section 7.1), for results of one hash at most. */
  private byte[] expand(byte[] secret, String label, int length) throws GeneralSecurityException {
    byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    Bytes info = new Bytes(64).u16(length).u8(full.length).raw(full).u8(0).u8(1);
    return Arrays.copyOf(hmac(secret, info.toArray()), length);
  }

  /**
   * Writes a protected packet.
   *
   * @param head header up to its length field, without it
   * @param frames what the packet carries, with padding
   * @return bytes written
   */
  int write(Keys keys, Bytes head, int number, byte[] frames, byte[] to, int at) {
    int length = 4 + frames.length + TAG;
    byte[] header = head.u16(0x4000 | length).u32(number).toArray();
    byte[] nonce = keys.iv.clone();
    for (int i = 0; i < 4; i++) {
      nonce[IV - 1 - i] ^= (byte) (number >>> (8 * i));
    }
    try {
      aead.init(Cipher.ENCRYPT_MODE, keys.key, new GCMParameterSpec(8 * TAG, nonce));
      aead.updateAAD(header);
      System.arraycopy(header, 0, to, at, header.length);
      aead.doFinal(frames, 0, frames.length, to, at + header.length);
      block.init(Cipher.ENCRYPT_MODE, keys.header);
      int numberAt = at + header.length - 4;
      byte[] mask = block.doFinal(to, numberAt + SAMPLE_AFTER, KEY);
      to[at] ^= (byte) (mask[0] & 0x0f);
      for (int i = 0; i < 4; i++) {
        to[numberAt + i] ^= mask[i + 1];
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return header.length + frames.length + TAG;
  }
}
