// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/**
 * A QUIC connection (RFC 9000): Initials that an observer can decrypt, then packets that nobody
 * can. Carries the web, DNS over HTTP/3 or DNS over QUIC (RFC 9250).
 */
final class QuicFlow extends Flow {
  private static final int DATAGRAM = 1_250;
  private static final int ID = 8;

  /** Bytes of a hello in one Initial. */
  private static final int CRYPTO_PART = 1_100;

  private static final int SERVER_DATAGRAMS = 3;

  /** What happens next on the wire. */
  private enum Step {
    CLIENT_INITIAL,
    SERVER_INITIAL,
    SERVER_HANDSHAKE,
    CLIENT_HANDSHAKE,
    REQUEST,
    RESPONSE,
    ACK
  }

  private final QuicInitial crypto;
  private final byte[] firstId;
  private final byte[] serverId;
  private final Hello hello;
  private final @Nullable Transfer transfer;
  private final long rtt;
  private final double gap;
  private byte @Nullable [] clientHello;
  private Step step = Step.CLIENT_INITIAL;
  private int count;
  private int exchanges;
  private long left;

  QuicFlow(Kind kind, Ends ends, Dice dice, QuicInitial crypto, String name, long packets) {
    super(kind, ends, dice);
    this.crypto = crypto;
    firstId = connectionId(dice);
    serverId = connectionId(dice);
    boolean browser = kind != Kind.DOQ && dice.chance(0.6);
    hello = new Hello(dice, name, browser, kind == Kind.DOQ ? "doq" : "h3");
    clientHello = hello.clientForQuic();
    transfer = kind.isDns() ? null : new Transfer(dice, packets);
    exchanges = (int) Math.min(200, dice.exponential(5));
    rtt = 2 * MILLISECOND + dice.exponential(18 * MILLISECOND);
    gap = dice.chance(0.5) ? 30 * MICROSECOND : 300 * MICROSECOND;
  }

  private static byte[] connectionId(Dice dice) {
    return new Bytes(ID).u32((int) dice.next()).u32((int) dice.next()).toArray();
  }

  @Override
  long build(Frame frame) {
    return switch (step) {
      case CLIENT_INITIAL -> clientInitial(frame);
      case SERVER_INITIAL -> serverInitial(frame);
      case SERVER_HANDSHAKE -> serverHandshake(frame);
      case CLIENT_HANDSHAKE -> clientHandshake(frame);
      case REQUEST -> request(frame);
      case RESPONSE -> response(frame);
      case ACK -> acknowledge(frame);
    };
  }

  private long clientInitial(Frame frame) {
    byte[] whole = clientHello;
    if (whole == null) {
      throw new IllegalStateException("the hello was sent");
    }
    int from = count * CRYPTO_PART;
    int length = Math.min(CRYPTO_PART, whole.length - from);
    int at = frame.udpPayload(this);
    Bytes head = longHeader(0xc3, firstId, new byte[0]).u8(0);
    Bytes frames = crypto(whole, from, length);
    frames.zeros(DATAGRAM - head.length() - 2 - 4 - QuicInitial.TAG - frames.length());
    QuicInitial.Keys keys = crypto.keys(firstId, true);
    int size = crypto.write(keys, head, count, frames.toArray(), frame.bytes, at);
    frame.udp(this, true, size);
    count++;
    if (from + length < whole.length) {
      return 20 * MICROSECOND;
    }
    clientHello = null;
    count = 0;
    step = Step.SERVER_INITIAL;
    return rtt;
  }

  private static Bytes crypto(byte[] whole, int from, int length) {
    Bytes frames = new Bytes(DATAGRAM).u8(6).u16(0x4000 | from).u16(0x4000 | length);
    for (int i = from; i < from + length; i++) {
      frames.u8(whole[i]);
    }
    return frames;
  }

  private static Bytes longHeader(int first, byte[] target, byte[] source) {
    Bytes head = new Bytes(64).u8(first).u32(QuicInitial.VERSION);
    return head.u8(target.length).raw(target).u8(source.length).raw(source);
  }

  private long serverInitial(Frame frame) {
    byte[] answer = hello.serverForQuic();
    Bytes frames = new Bytes(DATAGRAM).u8(2).u8(0).u8(0).u8(0).u8(0);
    frames.raw(crypto(answer, 0, answer.length).toArray());
    Bytes head = longHeader(0xc3, new byte[0], serverId).u8(0);
    int padding = DATAGRAM - head.length() - 2 - 4 - QuicInitial.TAG - frames.length();
    frames.zeros(Math.max(0, padding));
    QuicInitial.Keys keys = crypto.keys(firstId, false);
    int at = frame.udpPayload(this);
    frame.udp(this, false, crypto.write(keys, head, 0, frames.toArray(), frame.bytes, at));
    step = Step.SERVER_HANDSHAKE;
    return gap();
  }

  private long gap() {
    return 10 * MICROSECOND + dice.exponential(gap);
  }

  private long reaction() {
    return 400 * MICROSECOND + dice.exponential(600 * MICROSECOND);
  }

  private void handshake(Frame frame, boolean client, int size) {
    Bytes head =
        client ? longHeader(0xe3, serverId, new byte[0]) : longHeader(0xe3, new byte[0], serverId);
    head.u16(0x4000 | (size - head.length() - 2));
    int at = frame.udpPayload(this);
    Bytes.opaque(frame.bytes, at, size, dice.next());
    head.copyTo(frame.bytes, at);
    frame.udp(this, client, size);
  }

  private long serverHandshake(Frame frame) {
    handshake(frame, false, count == SERVER_DATAGRAMS - 1 ? 300 + dice.below(900) : DATAGRAM);
    if (++count < SERVER_DATAGRAMS) {
      return gap();
    }
    step = Step.CLIENT_HANDSHAKE;
    return reaction();
  }

  private long clientHandshake(Frame frame) {
    handshake(frame, true, 90 + dice.below(20));
    step = Step.REQUEST;
    return reaction();
  }

  /** A packet with a short header, which shows nothing but the peer's connection ID. */
  private void oneRtt(Frame frame, boolean client, int size) {
    int at = frame.udpPayload(this);
    Bytes.opaque(frame.bytes, at, size, dice.next());
    frame.bytes[at] = (byte) (0x40 | (frame.bytes[at] & 0x3f));
    if (client) {
      System.arraycopy(serverId, 0, frame.bytes, at + 1, ID);
    }
    frame.udp(this, client, size);
  }

  private long request(Frame frame) {
    Transfer content = transfer;
    if (content == null) {
      oneRtt(frame, true, 170 + dice.below(40));
      frame.messages(1, 0);
      left = 1;
    } else {
      oneRtt(frame, true, Math.min(DATAGRAM, content.request()));
      left = (content.response() + DATAGRAM - 1) / DATAGRAM;
    }
    step = Step.RESPONSE;
    return rtt + dice.exponential(15 * MILLISECOND);
  }

  private long response(Frame frame) {
    boolean dns = transfer == null;
    left--;
    oneRtt(
        frame, false, dns ? 500 + dice.below(40) : left > 0 ? DATAGRAM : 200 + dice.below(1_000));
    frame.messages(0, dns ? 1 : 0);
    if (left > 0 && left % 4 != 0) {
      return gap();
    }
    step = Step.ACK;
    return left > 0 ? gap() : reaction();
  }

  private long acknowledge(Frame frame) {
    oneRtt(frame, true, 32 + dice.below(8));
    if (left > 0) {
      step = Step.RESPONSE;
      return gap();
    }
    step = Step.REQUEST;
    if (transfer == null) {
      return --exchanges > 0 ? 5 * MILLISECOND + dice.exponential(900 * MILLISECOND) : -1;
    }
    return transfer.isDone() ? -1 : transfer.pause();
  }

  @Override
  boolean shows() {
    return clientHello == null;
  }
}
