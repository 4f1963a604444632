// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes protected Initials for tests, straight from RFC 9001, sections 5.2 to 5.4, with the
 * platform's Mac: it shares no code with what it tests.
 */
public final class InitialSealer {
  /** QUIC version 1 (RFC 9000). */
  public static final int V1 = 1;

  /** QUIC version 2 (RFC 9369). */
  public static final int V2 = 0x6b3343cf;

  private static final int V2_DRAFT = 0x709a50c4;

  private final byte[] key;
  private final byte[] iv;
  private final byte[] hp;

  /** Keys that follow from a connection identifier, for one direction. */
  public InitialSealer(byte[] keyConnectionId, int version, boolean client) {
    String salt = salt(version);
    String prefix = isV2(version) ? "quicv2 " : "quic ";
    byte[] initial = hmac(HexFormat.of().parseHex(salt), keyConnectionId);
    byte[] secret = expand(initial, client ? "client in" : "server in", 32);
    key = expand(secret, prefix + "key", 16);
    iv = expand(secret, prefix + "iv", 12);
    hp = expand(secret, prefix + "hp", 16);
  }

  /** As each draft prints it, section 5.2; those of mvfst are its drafts 22 and 27. */
  private static String salt(int version) {
    return switch (version) {
      case V2 -> "0dede3def700a6db819381be6e269dcbf9bd2ed9";
      case V2_DRAFT -> "a707c203a59b47184a1d62ca570406ea7ae3e5d3";
      case 0xff000016, 0xfaceb001 -> "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a";
      case 0xff000017, 0xff000018, 0xff000019, 0xff00001a, 0xff00001b, 0xff00001c ->
          "c3eef712c72ebb5a11a7d2432bb46365bef9f502";
      case 0xfaceb002, 0xfaceb00e -> "c3eef712c72ebb5a11a7d2432bb46365bef9f502";
      case 0xff00001d, 0xff00001e, 0xff00001f, 0xff000020 ->
          "afbfec289993d24c9e9786f19c6111e04390a899";
      default -> "38762cf7f55934b34d179ae6a4c80cadccbb7f0a";
    };
  }

  private static boolean isV2(int version) {
    return version == V2 || version == V2_DRAFT;
  }

  /** A protected Initial with this payload, padded to make the packet at least minLength. */
  public byte[] seal(
      int version, byte[] dcid, byte[] scid, byte[] token, int number, byte[] frames) {
    return seal(version, isV2(version) ? 0x10 : 0x00, dcid, scid, token, number, frames, 1200);
  }

  /** An Initial of version 1 with the fixed bit cleared (RFC 9287). */
  public byte[] sealGreased(byte[] dcid, byte[] scid, byte[] frames) {
    return seal(V1, -0x40, dcid, scid, new byte[0], 0, frames, 1200);
  }

  /** A protected long-header packet; the type bits are those of the version. */
  public byte[] seal(
      int version,
      int typeBits,
      byte[] dcid,
      byte[] scid,
      byte[] token,
      int number,
      byte[] frames,
      int minLength) {
    int overhead = 7 + dcid.length + scid.length + 4 + token.length + 2 + 4 + 16;
    byte[] payload = Arrays.copyOf(frames, Math.max(frames.length, minLength - overhead));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((0xc0 + typeBits) | 0x03);
    u32(out, version);
    out.write(dcid.length);
    out.writeBytes(dcid);
    out.write(scid.length);
    out.writeBytes(scid);
    u32(out, 0x80000000 | token.length);
    out.writeBytes(token);
    int length = 4 + payload.length + 16;
    out.write(0x40 | length >>> 8);
    out.write(length);
    int numberOffset = out.size();
    u32(out, number);
    byte[] header = out.toByteArray();
    return protect(header, numberOffset, number, payload);
  }

  private byte[] protect(byte[] header, int numberOffset, int number, byte[] payload) {
    try {
      byte[] nonce = iv.clone();
      for (int i = 0; i < 4; i++) {
        nonce[11 - i] ^= (byte) (number >>> (8 * i));
      }
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      gcm.updateAAD(header);
      byte[] sealed = gcm.doFinal(payload);
      byte[] packet = Arrays.copyOf(header, header.length + sealed.length);
      System.arraycopy(sealed, 0, packet, header.length, sealed.length);
      Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
      ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hp, "AES"));
      byte[] mask = ecb.doFinal(packet, numberOffset + 4, 16);
      packet[0] ^= (byte) (mask[0] & 0x0f);
      for (int i = 0; i < 4; i++) {
        packet[numberOffset + i] ^= mask[1 + i];
      }
      return packet;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A CRYPTO frame with a part of the stream. */
  public static byte[] crypto(byte[] stream, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x06);
    u32(out, 0x80000000 | from);
    out.write(0x40 | (to - from) >>> 8);
    out.write(to - from);
    out.write(stream, from, to - from);
    return out.toByteArray();
  }

  /** The parts, one behind the other. */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] expand(byte[] secret, String label, int length) {
    byte[] full = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.write(0);
    info.write(length);
    info.write(full.length);
    info.writeBytes(full);
    info.write(0);
    info.write(1);
    return Arrays.copyOf(hmac(secret, info.toByteArray()), length);
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static void u32(ByteArrayOutputStream out, int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
  }
}
