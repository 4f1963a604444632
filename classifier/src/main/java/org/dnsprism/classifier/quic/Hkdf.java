// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HKDF with SHA-256 (RFC 5869) and the label expansion of TLS 1.3 (RFC 8446, section 7.1), for
 * outputs of one block. It keeps one digest and makes no objects, which {@code javax.crypto.Mac}
 * cannot do when each call has another key. Not thread-safe.
 */
final class Hkdf {
  static final int HASH_BYTES = 32;

  private static final int BLOCK_BYTES = 64;
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5c;
  private static final byte FIRST_BLOCK = 1;

  private final MessageDigest digest;
  private final byte[] pad = new byte[BLOCK_BYTES];
  private final byte[] hash = new byte[HASH_BYTES];

  Hkdf() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** HKDF-Extract: the pseudo-random key of {@code length} bytes of input, into {@code out}. */
  void extract(byte[] salt, byte[] input, int length, byte[] out) {
    beginInner(salt);
    digest.update(input, 0, length);
    finish(salt, out, HASH_BYTES);
  }

  /**
   * HKDF-Expand of one block.
   *
   * @param info of the label, see {@link #info}
   * @param out filled to its length, at most 32 bytes
   */
  void expand(byte[] key, byte[] info, byte[] out) {
    beginInner(key);
    digest.update(info);
    digest.update(FIRST_BLOCK);
    finish(key, out, out.length);
  }

  /** The HkdfLabel structure for a label without context: length, "tls13 " and label. */
  static byte[] info(String label, int outputBytes) {
    String full = "tls13 " + label;
    byte[] info = new byte[2 + 1 + full.length() + 1];
    info[1] = (byte) outputBytes;
    info[2] = (byte) full.length();
    for (int i = 0; i < full.length(); i++) {
      info[3 + i] = (byte) full.charAt(i);
    }
    return info;
  }

  private void beginInner(byte[] key) {
    updatePad(key, INNER_PAD);
  }

  private void finish(byte[] key, byte[] out, int length) {
    try {
      digest.digest(hash, 0, HASH_BYTES);
      updatePad(key, OUTER_PAD);
      digest.update(hash);
      digest.digest(hash, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 fills 32 bytes", e);
    }
    System.arraycopy(hash, 0, out, 0, length);
  }

  /** All keys here are shorter than a block, so none has to be hashed first (RFC 2104). */
  private void updatePad(byte[] key, byte value) {
    Arrays.fill(pad, value);
    for (int i = 0; i < key.length; i++) {
      pad[i] ^= key[i];
    }
    digest.update(pad);
  }
}
