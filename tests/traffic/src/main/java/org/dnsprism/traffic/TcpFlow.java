// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import org.jspecify.annotations.Nullable;

/**
 * A TCP connection: handshake, messages of both sides in segments with acknowledgements, an end.
 */
abstract class TcpFlow extends Flow {
  private static final int MSS = Frame.MAX_PAYLOAD;
  private static final double RESET = 0.12;
  private static final double LEFT_OPEN = 0.06;
  private static final long DELAYED_ACK = 40 * MILLISECOND;

  /** What happens next on the wire. */
  private enum Step {
    SYN,
    SYN_ACK,
    ACK,
    DATA,
    DELAYED_ACK,
    ACK_WITHIN,
    CLIENT_FIN,
    SERVER_FIN,
    LAST_ACK,
    RST
  }

  /** What one side says before the other's turn. */
  static final class Turn {
    final boolean client;
    final byte @Nullable [] bytes;
    final long length;
    final long pause;
    final boolean records;
    private int queries;
    private int responses;

    private Turn(
        boolean client, byte @Nullable [] bytes, long length, long pause, boolean records) {
      this.client = client;
      this.bytes = bytes;
      this.length = length;
      this.pause = pause;
      this.records = records;
    }

    /** Given bytes, said a pause after what came before. */
    static Turn of(boolean client, Bytes bytes, long pause) {
      return new Turn(client, bytes.toArray(), bytes.length(), pause, false);
    }

    /** Bytes that look like nothing. */
    static Turn opaque(boolean client, long length, long pause) {
      return new Turn(client, null, length, pause, false);
    }

    /** TLS records of application data, of that many bytes with their heads. */
    static Turn records(boolean client, long length, long pause) {
      return new Turn(client, null, length, pause, true);
    }

    /** Says that queries and responses are complete when the turn is. */
    Turn with(int newQueries, int newResponses) {
      queries = newQueries;
      responses = newResponses;
      return this;
    }
  }

  private final long rtt;
  private final double gap;
  private final TlsRecords records = new TlsRecords();
  private int clientSequence;
  private int serverSequence;
  private Step step = Step.SYN;
  private @Nullable Turn turn;
  private @Nullable Turn pending;
  private long said;
  private int unacknowledged;

  TcpFlow(Kind kind, Ends ends, Dice dice) {
    super(kind, ends, dice);
    clientSequence = (int) dice.next();
    serverSequence = (int) dice.next();
    rtt = 2 * MILLISECOND + dice.exponential(18 * MILLISECOND);
    gap = dice.chance(0.5) ? 30 * MICROSECOND : dice.chance(0.5) ? 200 * MICROSECOND : MILLISECOND;
  }

  /** What is said next, or null when both are done. */
  abstract @Nullable Turn nextTurn();

  final long rtt() {
    return rtt;
  }

  /** A short time that an end needs to react. */
  final long reaction() {
    return 400 * MICROSECOND + dice.exponential(600 * MICROSECOND);
  }

  @Override
  final long build(Frame frame) {
    return switch (step) {
      case SYN -> control(frame, true, Frame.SYN, Step.SYN_ACK, rtt);
      case SYN_ACK -> control(frame, false, Frame.SYN | Frame.ACK, Step.ACK, reaction());
      case ACK -> open(frame);
      case DATA -> segment(frame);
      case DELAYED_ACK -> acknowledge(frame);
      case ACK_WITHIN -> control(frame, !turn().client, Frame.ACK, Step.DATA, gap());
      case CLIENT_FIN -> control(frame, true, Frame.FIN | Frame.ACK, Step.SERVER_FIN, rtt);
      case SERVER_FIN -> control(frame, false, Frame.FIN | Frame.ACK, Step.LAST_ACK, reaction());
      case LAST_ACK -> control(frame, true, Frame.ACK, Step.LAST_ACK, -1);
      case RST -> control(frame, true, Frame.RST | Frame.ACK, Step.RST, -1);
    };
  }

  private Turn turn() {
    if (turn == null) {
      throw new IllegalStateException("nothing was said");
    }
    return turn;
  }

  private long gap() {
    return 10 * MICROSECOND + dice.exponential(gap);
  }

  /** A segment without data; SYN and FIN take a number of the sequence. */
  private long control(Frame frame, boolean client, int flags, Step then, long pause) {
    bare(frame, client, flags);
    if ((flags & (Frame.SYN | Frame.FIN)) != 0) {
      advance(client, 1);
    }
    step = then;
    return pause;
  }

  /** The client's part of the handshake, after which somebody speaks. */
  private long open(Frame frame) {
    bare(frame, true, Frame.ACK);
    pending = nextTurn();
    if (pending == null) {
      return end();
    }
    long pause = pending.pause;
    begin();
    return pause;
  }

  /** A turn is acknowledged on its own, since the next one takes its time. */
  private long acknowledge(Frame frame) {
    bare(frame, !turn().client, Frame.ACK);
    begin();
    return gap() + Math.max(0, turn().pause - DELAYED_ACK);
  }

  private void bare(Frame frame, boolean client, int flags) {
    boolean first = flags == Frame.SYN;
    frame.tcp(this, client, flags, sequence(client), first ? 0 : sequence(!client), 0);
    unacknowledged = 0;
  }

  private int sequence(boolean client) {
    return client ? clientSequence : serverSequence;
  }

  private void advance(boolean client, int by) {
    if (client) {
      clientSequence += by;
    } else {
      serverSequence += by;
    }
  }

  private long segment(Frame frame) {
    Turn now = turn();
    int at = frame.tcpPayload(this);
    int length = (int) Math.min(MSS, now.length - said);
    if (now.bytes != null) {
      System.arraycopy(now.bytes, (int) said, frame.bytes, at, length);
    } else {
      Bytes.opaque(frame.bytes, at, length, number() + frames());
      if (now.records) {
        length = records.frame(frame.bytes, at, length, now.length - said);
      }
    }
    boolean last = said + length == now.length;
    int flags = Frame.ACK | (last ? Frame.PSH : 0);
    frame.tcp(this, now.client, flags, sequence(now.client), sequence(!now.client), length);
    advance(now.client, length);
    said += length;
    if (last) {
      frame.messages(now.queries, now.responses);
      return nextOrEnd(now);
    }
    if (++unacknowledged == 2) {
      step = Step.ACK_WITHIN;
    }
    return gap();
  }

  /** What comes when a turn is over: the next one, an acknowledgement before it, or the end. */
  private long nextOrEnd(Turn done) {
    Turn next = nextTurn();
    if (next == null) {
      return end();
    }
    pending = next;
    if (next.pause > DELAYED_ACK || next.client == done.client) {
      step = Step.DELAYED_ACK;
      return Math.min(next.pause, DELAYED_ACK);
    }
    begin();
    return next.pause;
  }

  private void begin() {
    turn = pending;
    pending = null;
    said = 0;
    unacknowledged = 0;
    records.restart();
    step = Step.DATA;
  }

  private long end() {
    double how = dice.unit();
    if (how < LEFT_OPEN) {
      return -1;
    }
    step = how < LEFT_OPEN + RESET ? Step.RST : Step.CLIENT_FIN;
    return DELAYED_ACK + dice.exponential(SECOND);
  }
}
