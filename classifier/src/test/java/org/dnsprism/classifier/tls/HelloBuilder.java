// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes ClientHello messages for tests, following the presentation language of RFC 8446. */
public final class HelloBuilder {
  private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
  private int legacyVersion = 0x0303;
  private int[] suites = {0x1301, 0x1302, 0xc02f};

  /** Sets the version field. */
  public HelloBuilder legacyVersion(int version) {
    legacyVersion = version;
    return this;
  }

  /** Sets the cipher suites. */
  public HelloBuilder suites(int... values) {
    suites = values.clone();
    return this;
  }

  /** Adds a server_name extension. */
  public HelloBuilder sni(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    Bytes list = new Bytes().u16(bytes.length + 3).u8(0).u16(bytes.length).raw(bytes);
    return extension(0, list.toArray());
  }

  /** Adds an ALPN extension. */
  public HelloBuilder alpn(String... names) {
    Bytes list = new Bytes();
    for (String name : names) {
      list.u8(name.length()).raw(name.getBytes(StandardCharsets.ISO_8859_1));
    }
    byte[] all = list.toArray();
    return extension(16, new Bytes().u16(all.length).raw(all).toArray());
  }

  /** Adds a supported_versions extension. */
  public HelloBuilder versions(int... versions) {
    Bytes list = new Bytes().u8(2 * versions.length);
    for (int version : versions) {
      list.u16(version);
    }
    return extension(43, list.toArray());
  }

  /** Adds an extension that is a list of 16-bit values, such as groups (10) or schemes (13). */
  public HelloBuilder list(int type, int... values) {
    Bytes list = new Bytes().u16(2 * values.length);
    for (int value : values) {
      list.u16(value);
    }
    return extension(type, list.toArray());
  }

  /** Adds a key_share extension with one share. */
  public HelloBuilder keyShare(int group, int length) {
    Bytes list = new Bytes().u16(4 + length).u16(group).u16(length).raw(new byte[length]);
    return extension(51, list.toArray());
  }

  /** Adds an outer encrypted_client_hello extension. */
  public HelloBuilder ech(int configId, int keyLength, int payloadLength) {
    Bytes bytes = new Bytes().u8(0).u16(1).u16(1).u8(configId);
    bytes.u16(keyLength).raw(new byte[keyLength]);
    bytes.u16(payloadLength).raw(new byte[payloadLength]);
    return extension(0xfe0d, bytes.toArray());
  }

  /** Adds any extension. */
  public HelloBuilder extension(int type, byte[] body) {
    extensions.writeBytes(new Bytes().u16(type).u16(body.length).raw(body).toArray());
    return this;
  }

  /** The handshake message. */
  public byte[] message() {
    Bytes body = new Bytes().u16(legacyVersion);
    for (int i = 0; i < 32; i++) {
      body.u8(0x40 + i);
    }
    body.u8(32).raw(new byte[32]).u16(2 * suites.length);
    for (int suite : suites) {
      body.u16(suite);
    }
    byte[] all = extensions.toByteArray();
    body.u8(1).u8(0).u16(all.length).raw(all);
    byte[] bytes = body.toArray();
    return new Bytes().u8(1).u8(0).u16(bytes.length).raw(bytes).toArray();
  }

  /** A handshake record with the given fragment. */
  public static byte[] record(int type, byte[] fragment) {
    return new Bytes().u8(type).u16(0x0301).u16(fragment.length).raw(fragment).toArray();
  }

  /** A hello of the size and shape that browsers send, with a post-quantum share and GREASE. */
  public static HelloBuilder browser(String name, String... alpn) {
    return new HelloBuilder()
        .suites(0x0a0a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f)
        .extension(0x1a1a, new byte[0])
        .list(10, 0x2a2a, 0x11ec, 29, 23)
        .alpn(alpn)
        .ech(77, 32, 176)
        .keyShare(0x11ec, 1216)
        .versions(0x3a3a, 0x0304, 0x0303)
        .list(13, 0x0403, 0x0804, 0x0401)
        .sni(name)
        .extension(35, new byte[0]);
  }

  /** Bytes in network order. */
  static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u8(int value) {
      out.write(value);
      return this;
    }

    Bytes u16(int value) {
      return u8(value >>> 8).u8(value);
    }

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    byte[] toArray() {
      return out.toByteArray();
    }
  }
}
