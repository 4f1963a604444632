// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** UDP that is neither DNS nor QUIC: time, a tunnel, a call, a game. */
final class DatagramFlow extends Flow {
  static final int NTP = 123;
  static final int WIREGUARD = 51820;
  static final int CALL = 16384;
  static final int GAME = 27015;

  private final long packets;

  /**
   * @param packets datagrams of both sides
   */
  DatagramFlow(Ends ends, Dice dice, long packets) {
    super(Kind.UDP_OTHER, ends, dice);
    this.packets = ends.serverPort() == NTP ? 2 : Math.max(2, packets);
  }

  @Override
  long build(Frame frame) {
    int sent = frames() - 1;
    boolean client = sent < 2 ? sent == 0 : dice.chance(serverPort() == WIREGUARD ? 0.3 : 0.5);
    int at = frame.udpPayload(this);
    int size = size(client, sent);
    Bytes.opaque(frame.bytes, at, size, dice.next());
    head(frame.bytes, at, client, sent);
    frame.udp(this, client, size);
    return frames() >= packets ? -1 : pause(sent);
  }

  private int size(boolean client, int sent) {
    return switch (serverPort()) {
      case NTP -> 48;
      case WIREGUARD -> sent == 0 ? 148 : sent == 1 ? 92 : client ? 96 : 1_312;
      case CALL -> 172;
      default -> 40 + dice.below(260);
    };
  }

  /** What makes the protocol recognisable. */
  private void head(byte[] bytes, int at, boolean client, int sent) {
    switch (serverPort()) {
      case NTP -> bytes[at] = (byte) (client ? 0x23 : 0x24);
      case WIREGUARD -> Bytes.u32(bytes, at, Math.min(sent == 1 ? 2 : sent == 0 ? 1 : 4, 4) << 24);
      case CALL -> {
        Bytes.u16(bytes, at, 0x8000);
        Bytes.u16(bytes, at + 2, sent);
        Bytes.u32(bytes, at + 4, 160 * sent);
        Bytes.u32(bytes, at + 8, (int) number());
      }
      default -> Bytes.u32(bytes, at, -1);
    }
  }

  private long pause(int sent) {
    if (sent < 2) {
      return 5 * MILLISECOND + dice.exponential(20 * MILLISECOND);
    }
    return switch (serverPort()) {
      case WIREGUARD -> 20 * MICROSECOND + dice.exponential(2 * MILLISECOND);
      case CALL -> 10 * MILLISECOND;
      default -> dice.exponential(15 * MILLISECOND);
    };
  }
}
