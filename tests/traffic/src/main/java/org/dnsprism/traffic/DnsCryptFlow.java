// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** Some questions by DNSCrypt version 2 over UDP, each padded and encrypted. */
final class DnsCryptFlow extends Flow {
  private static final byte[] RESOLVER_MAGIC = {0x72, 0x36, 0x66, 0x6e, 0x76, 0x57, 0x6a, 0x38};

  private final byte[] clientMagic;
  private int exchanges;
  private boolean asked;

  DnsCryptFlow(Ends ends, Dice dice) {
    super(Kind.DNSCRYPT, ends, dice);
    // The resolver's certificate gives it to all clients.
    clientMagic = new Bytes(8).opaque(8, new Dice(ends.serverPort())).toArray();
    exchanges = (int) Math.min(50, dice.exponential(2));
  }

  @Override
  long build(Frame frame) {
    int at = frame.udpPayload(this);
    int size = asked ? 48 + 64 * (2 + dice.below(5)) : 68 + 256;
    Bytes.opaque(frame.bytes, at, size, dice.next());
    System.arraycopy(asked ? RESOLVER_MAGIC : clientMagic, 0, frame.bytes, at, 8);
    frame.udp(this, !asked, size);
    frame.messages(asked ? 0 : 1, asked ? 1 : 0);
    asked = !asked;
    if (asked) {
      return 3 * MILLISECOND + dice.exponential(20 * MILLISECOND);
    }
    return --exchanges > 0 ? dice.exponential(SECOND) : -1;
  }

  @Override
  boolean shows() {
    // A query alone looks like anything.
    return frames() > 1;
  }
}
