// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/** ClientHello and ServerHello messages as they are sent today (RFC 8446, section 4.1). */
final class Hello {
  private static final int HANDSHAKE = 22;
  private static final int X25519 = 29;
  private static final int X25519_MLKEM768 = 0x11ec;
  private static final int HYBRID_SHARE = 1216;
  private static final int HYBRID_ANSWER = 1120;
  private static final int PADDED_SIZE = 512;
  private static final int[] SUITES = {
    0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x9c,
    0x9d, 0x2f, 0x35
  };

  private final Dice dice;
  private final @Nullable String serverName;
  private final String[] protocols;
  private final boolean browser;

  /**
   * @param serverName name for SNI, or null for none
   * @param browser whether the client adds what browsers do: a post-quantum share, GREASE (RFC
   *     8701) and an Encrypted ClientHello without meaning
   * @param protocols for ALPN
   */
  Hello(Dice dice, @Nullable String serverName, boolean browser, String... protocols) {
    this.dice = dice;
    this.serverName = serverName;
    this.browser = browser;
    this.protocols = protocols.clone();
  }

  /** The client's message in a TLS record. */
  Bytes clientRecord() {
    Bytes message = client(false);
    return record(message, 0x0301);
  }

  /** The client's message for QUIC (RFC 9001, section 8.2). */
  byte[] clientForQuic() {
    return client(true).toArray();
  }

  /** The server's message in a record, with the change of cipher that middleboxes want. */
  Bytes serverRecord() {
    return record(server(true), 0x0303).u8(20).u16(0x0303).u16(1).u8(1);
  }

  /** The server's message for QUIC. */
  byte[] serverForQuic() {
    return server(false).toArray();
  }

  private static Bytes record(Bytes message, int version) {
    byte[] body = message.toArray();
    return new Bytes(body.length + 16).u8(HANDSHAKE).u16(version).u16(body.length).raw(body);
  }

  private Bytes client(boolean quic) {
    Bytes bytes = new Bytes(2048).u8(1).u24(0);
    bytes.u16(0x0303).opaque(32, dice);
    bytes.u8(quic ? 0 : 32).opaque(quic ? 0 : 32, dice);
    int suites = quic ? 3 : SUITES.length;
    bytes.u16(2 * (suites + (browser ? 1 : 0)));
    if (browser) {
      bytes.u16(grease());
    }
    for (int i = 0; i < suites; i++) {
      bytes.u16(SUITES[i]);
    }
    bytes.u16(0x0100).u16(0);
    int extensions = bytes.length();
    clientExtensions(bytes, quic);
    if (!browser && !quic && bytes.length() < PADDED_SIZE) {
      int padding = PADDED_SIZE - bytes.length();
      bytes.u16(21).u16(padding).zeros(padding);
    }
    bytes.close16(extensions);
    bytes.close24(4);
    return bytes;
  }

  private int grease() {
    return 0x0a0a + 0x1010 * dice.below(16);
  }

  private void clientExtensions(Bytes bytes, boolean quic) {
    if (browser) {
      bytes.u16(grease()).u16(0);
    }
    if (serverName != null) {
      int length = serverName.length();
      bytes.u16(0).u16(length + 5).u16(length + 3).u8(0).u16(length).text(serverName);
    }
    bytes.u16(23).u16(0).u16(0xff01).u16(1).u8(0);
    list(
        bytes,
        10,
        browser
            ? new int[] {grease(), X25519_MLKEM768, X25519, 23, 24}
            : new int[] {X25519, 23, 24});
    if (protocols.length > 0) {
      alpn(bytes);
    }
    list(bytes, 13, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601);
    keyShares(bytes);
    bytes.u16(45).u16(2).u8(1).u8(1);
    if (quic) {
      bytes.u16(43).u16(3).u8(2).u16(0x0304);
      transportParameters(bytes);
    } else {
      bytes.u16(43).u16(5).u8(4).u16(0x0304).u16(0x0303);
      bytes.u16(35).u16(0).u16(5).u16(5).u8(1).u16(0).u16(0);
    }
    if (browser) {
      bytes.u16(0xfe0d).u16(8 + 34 + 144 - 2).u8(0).u16(1).u16(1).u8(dice.below(256));
      bytes.u16(32).opaque(32, dice).u16(144 - 2).opaque(144 - 2, dice);
    }
  }

  private static void list(Bytes bytes, int type, int... values) {
    bytes.u16(type).u16(2 + 2 * values.length).u16(2 * values.length);
    for (int value : values) {
      bytes.u16(value);
    }
  }

  private void alpn(Bytes bytes) {
    bytes.u16(16).u16(0);
    int body = bytes.length();
    bytes.u16(0);
    int names = bytes.length();
    for (String protocol : protocols) {
      bytes.u8(protocol.length()).text(protocol);
    }
    bytes.close16(names);
    bytes.close16(body);
  }

  private void keyShares(Bytes bytes) {
    bytes.u16(51).u16(0);
    int body = bytes.length();
    bytes.u16(0);
    int shares = bytes.length();
    if (browser) {
      bytes.u16(X25519_MLKEM768).u16(HYBRID_SHARE).opaque(HYBRID_SHARE, dice);
    }
    bytes.u16(X25519).u16(32).opaque(32, dice);
    bytes.close16(shares);
    bytes.close16(body);
  }

  /** Transport parameters with the limits of a common client (RFC 9000, section 18.2). */
  private static void transportParameters(Bytes bytes) {
    bytes.u16(57).u16(0);
    int body = bytes.length();
    bytes.u8(1).u8(4).u32(0x80007530);
    bytes.u8(4).u8(4).u32(0x80f00000);
    bytes.u8(5).u8(4).u32(0x80600000);
    bytes.u8(8).u8(2).u16(0x4064);
    bytes.u8(9).u8(2).u16(0x4067);
    bytes.u8(15).u8(0);
    bytes.close16(body);
  }

  private Bytes server(boolean sessionId) {
    Bytes bytes = new Bytes(1500).u8(2).u24(0).u16(0x0303).opaque(32, dice);
    bytes.u8(sessionId ? 32 : 0).opaque(sessionId ? 32 : 0, dice);
    bytes.u16(0x1301).u8(0).u16(0);
    int extensions = bytes.length();
    int share = browser ? HYBRID_ANSWER : 32;
    bytes.u16(51).u16(share + 4).u16(browser ? X25519_MLKEM768 : X25519);
    bytes.u16(share).opaque(share, dice);
    bytes.u16(43).u16(2).u16(0x0304);
    bytes.close16(extensions);
    bytes.close24(4);
    return bytes;
  }
}
