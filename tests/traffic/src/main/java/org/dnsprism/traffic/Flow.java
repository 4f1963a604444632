// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** A conversation of a client and a server that yields one frame after the other. */
abstract class Flow {
  static final long MICROSECOND = 1_000;
  static final long MILLISECOND = 1_000_000;
  static final long SECOND = 1_000_000_000;

  private final Ends ends;
  private final Kind kind;
  private final long addressSum;
  private long time;
  private int frames;
  private int framesWritten;
  private long bytesWritten;
  private int queriesWritten;
  private int identification;

  /** Dice of this flow alone. */
  final Dice dice;

  Flow(Kind kind, Ends ends, Dice dice) {
    this.kind = kind;
    this.ends = ends;
    this.dice = dice;
    addressSum = words(ends.client()) + words(ends.server());
    identification = (int) dice.next();
  }

  private static long words(byte[] address) {
    long sum = 0;
    for (int i = 0; i < address.length; i += 2) {
      sum += ((address[i] & 0xffL) << 8) | (address[i + 1] & 0xff);
    }
    return sum;
  }

  /**
   * Builds the frame that is due, and says when the next one is.
   *
   * @return nanoseconds until the next frame, or a negative number after the last
   */
  abstract long build(Frame frame);

  final long next(Frame frame) {
    frames++;
    return build(frame);
  }

  /** Frames built so far. */
  final int frames() {
    return frames;
  }

  /** Says that a frame of this flow is in the capture. */
  final void written(Frame frame) {
    framesWritten++;
    bytesWritten += frame.length();
    queriesWritten += frame.queries();
  }

  /** Frames of this flow in the capture, without copies. */
  final int framesWritten() {
    return framesWritten;
  }

  /** Bytes in them. */
  final long bytesWritten() {
    return bytesWritten;
  }

  /** DNS queries in them. */
  final int queriesWritten() {
    return queriesWritten;
  }

  /** Whether the frames so far show what this flow is. */
  boolean shows() {
    return true;
  }

  final long time() {
    return time;
  }

  final void at(long newTime) {
    time = newTime;
  }

  final Kind kind() {
    return kind;
  }

  final long number() {
    return ends.number();
  }

  final byte[] client() {
    return ends.client();
  }

  final byte[] server() {
    return ends.server();
  }

  final int clientPort() {
    return ends.clientPort();
  }

  final int serverPort() {
    return ends.serverPort();
  }

  final boolean isV6() {
    return ends.client().length == 16;
  }

  /** Sum of the 16-bit words of both addresses, for checksums. */
  final long addressSum() {
    return addressSum;
  }

  final int nextIdentification() {
    return ++identification;
  }
}
