// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The ciphers and scratch space that all QUIC flows of one shard share: Initial keys, header
 * protection and packet protection (RFC 9001, sections 5.2 to 5.4). Not thread-safe.
 */
public final class QuicCrypto {
  private static final int TAG_BITS = 128;
  private static final int TAG_BYTES = TAG_BITS / 8;
  private static final int SAMPLE_BYTES = 16;
  private static final int MAX_PACKET_NUMBER_BYTES = 4;
  private static final int MAX_PACKET_BYTES = 1 << 16;
  private static final int LONG_HEADER_PROTECTED_BITS = 0x0f;

  private static final byte[] CLIENT_IN = Hkdf.info("client in", Hkdf.HASH_BYTES);
  private static final byte[] SERVER_IN = Hkdf.info("server in", Hkdf.HASH_BYTES);
  private static final byte[] KEY_V1 = Hkdf.info("quic key", InitialKeys.KEY_BYTES);
  private static final byte[] IV_V1 = Hkdf.info("quic iv", InitialKeys.IV_BYTES);
  private static final byte[] HP_V1 = Hkdf.info("quic hp", InitialKeys.KEY_BYTES);
  private static final byte[] KEY_V2 = Hkdf.info("quicv2 key", InitialKeys.KEY_BYTES);
  private static final byte[] IV_V2 = Hkdf.info("quicv2 iv", InitialKeys.IV_BYTES);
  private static final byte[] HP_V2 = Hkdf.info("quicv2 hp", InitialKeys.KEY_BYTES);

  final QuicCounters counters;
  private final DecryptionBudget budget;
  private final Hkdf hkdf = new Hkdf();
  private final Cipher headerCipher;
  private final Cipher packetCipher;
  private final Cipher counterCipher;
  private final byte[] secret = new byte[Hkdf.HASH_BYTES];
  private final byte[] directionSecret = new byte[Hkdf.HASH_BYTES];
  private final byte[] key = new byte[InitialKeys.KEY_BYTES];
  private final byte[] mask = new byte[SAMPLE_BYTES];
  private final byte[] nonce = new byte[InitialKeys.IV_BYTES];
  private final byte[] counterBlock = new byte[SAMPLE_BYTES];
  private byte[] packet = new byte[2048];
  private byte[] plain = new byte[2048];
  private ByteBuf plaintext = Unpooled.wrappedBuffer(plain);
  private @Nullable SecretKey headerCipherKey;
  private long packetNumber;

  /**
   * Makes the ciphers of a shard.
   *
   * @param budget bounds the attempts in each second of event time
   */
  public QuicCrypto(DecryptionBudget budget, QuicCounters counters) {
    this.budget = budget;
    this.counters = counters;
    try {
      headerCipher = Cipher.getInstance("AES/ECB/NoPadding");
      packetCipher = Cipher.getInstance("AES/GCM/NoPadding");
      counterCipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in ECB, CTR and GCM mode", e);
    }
  }

  /** Takes one attempt out of this second's budget; false, and counted, when there is none. */
  boolean mayDecrypt(long timeNanos) {
    boolean allowed = budget.take(timeNanos);
    counters.secondBudgetSkips += allowed ? 0 : 1;
    return allowed;
  }

  /** Fills in the keys of one direction, from the connection identifier in {@code keys}. */
  void derive(InitialKeys keys, int version, boolean client) {
    counters.keyDerivations++;
    keys.version = version;
    boolean v2 = QuicVersion.isV2(version);
    hkdf.extract(QuicVersion.salt(version), keys.connectionId, keys.connectionIdLength, secret);
    hkdf.expand(secret, client ? CLIENT_IN : SERVER_IN, directionSecret);
    hkdf.expand(directionSecret, v2 ? KEY_V2 : KEY_V1, key);
    keys.packetKey = new SecretKeySpec(key, "AES");
    hkdf.expand(directionSecret, v2 ? HP_V2 : HP_V1, key);
    keys.headerKey = new SecretKeySpec(key, "AES");
    hkdf.expand(directionSecret, v2 ? IV_V2 : IV_V1, keys.iv);
  }

  /**
   * Decrypts a packet into {@link #plaintext()}.
   *
   * @param header of the packet, which must be captured whole
   * @param largest packet number so far, or -1
   * @return length of the plaintext, or -1 when the tag is wrong
   */
  int open(InitialKeys keys, ByteBuf buffer, LongHeader header, long largest) {
    try {
      int headerLength = unprotect(keys, buffer, header, header.end, largest);
      int sealed = header.end - header.start - headerLength;
      packetCipher.init(Cipher.DECRYPT_MODE, keys.packetKey, new GCMParameterSpec(TAG_BITS, nonce));
      packetCipher.updateAAD(packet, 0, headerLength);
      int length = packetCipher.doFinal(packet, headerLength, sealed, plain, 0);
      counters.decryptions++;
      return length;
    } catch (AEADBadTagException e) {
      counters.failedDecryptions++;
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses a packet of sound lengths", e);
    }
  }

  /**
   * Decrypts the captured beginning of a packet that is cut off, without its tag.
   *
   * @param limit end of the captured bytes
   * @return length of the plaintext, or -1 when too little is captured
   */
  int peek(InitialKeys keys, ByteBuf buffer, LongHeader header, int limit, long largest) {
    if (header.packetNumberOffset + MAX_PACKET_NUMBER_BYTES + SAMPLE_BYTES > limit) {
      return -1;
    }
    try {
      int headerLength = unprotect(keys, buffer, header, limit, largest);
      int last = Math.min(limit, header.end - TAG_BYTES);
      System.arraycopy(nonce, 0, counterBlock, 0, nonce.length);
      // GCM numbers its blocks from 1 and keeps the first for the tag (NIST SP 800-38D, 7.1).
      counterBlock[SAMPLE_BYTES - 1] = 2;
      counterCipher.init(Cipher.DECRYPT_MODE, keys.packetKey, new IvParameterSpec(counterBlock));
      int length = last - header.start - headerLength;
      return counterCipher.doFinal(packet, headerLength, length, plain, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR takes any length", e);
    }
  }

  /** What {@link #open} or {@link #peek} decrypted last. */
  ByteBuf plaintext() {
    return plaintext;
  }

  /** Packet number of what was decrypted last. */
  long packetNumber() {
    return packetNumber;
  }

  /**
   * Copies the packet, removes its header protection and computes number and nonce.
   *
   * @return length of the header, packet number included
   */
  private int unprotect(
      InitialKeys keys, ByteBuf buffer, LongHeader header, int limit, long largest)
      throws GeneralSecurityException {
    int length = limit - header.start;
    reserve(length);
    buffer.getBytes(header.start, packet, 0, length);
    int numberOffset = header.packetNumberOffset - header.start;
    if (headerCipherKey != keys.headerKey) {
      headerCipher.init(Cipher.ENCRYPT_MODE, keys.headerKey);
      headerCipherKey = keys.headerKey;
    }
    int sample = numberOffset + MAX_PACKET_NUMBER_BYTES;
    headerCipher.doFinal(packet, sample, SAMPLE_BYTES, mask, 0);
    packet[0] ^= (byte) (mask[0] & LONG_HEADER_PROTECTED_BITS);
    int numberBytes = (packet[0] & 3) + 1;
    long truncated = 0;
    for (int i = 0; i < numberBytes; i++) {
      packet[numberOffset + i] ^= mask[1 + i];
      truncated = (truncated << 8) | (packet[numberOffset + i] & 0xff);
    }
    packetNumber = PacketNumber.decode(largest, truncated, 8 * numberBytes);
    setNonce(keys.iv);
    return numberOffset + numberBytes;
  }

  private void setNonce(byte[] iv) {
    System.arraycopy(iv, 0, nonce, 0, iv.length);
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[iv.length - 1 - i] ^= (byte) (packetNumber >>> (8 * i));
    }
  }

  private void reserve(int length) {
    if (length > packet.length) {
      int size = Math.min(MAX_PACKET_BYTES, Integer.highestOneBit(length) << 1);
      packet = new byte[size];
      plain = new byte[size];
      plaintext = Unpooled.wrappedBuffer(plain);
    }
  }
}
