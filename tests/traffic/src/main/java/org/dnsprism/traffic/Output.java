// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The way from the wire into the capture, on which frames get lost, late and doubled. */
final class Output implements AutoCloseable {
  private static final int WHOLE_FRAMES = 10;
  private static final int LATE_FROM = (int) (20 * Flow.MICROSECOND);
  private static final int LATE_TO = (int) (300 * Flow.MICROSECOND);
  private static final int COPY_TO = (int) (50 * Flow.MICROSECOND);

  private final Plan plan;
  private final Truth truth;
  private final PcapWriter writer;
  private final Dice dice;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.<Waiting>comparingLong(Waiting::time).thenComparingLong(Waiting::number));
  private long frames;
  private long delayed;

  /** A frame that is written at a later time. */
  private record Waiting(
      long time, long number, Flow flow, Frame frame, int captured, boolean copy) {}

  Output(Plan plan, Truth truth, PcapWriter writer) {
    this.plan = plan;
    this.truth = truth;
    this.writer = writer;
    dice = Dice.of(plan.seed(), -1);
  }

  /** Frames in the capture so far, with those that are only late. */
  long frames() {
    return frames + waiting.size();
  }

  /** Takes the frame that a flow has at its time. */
  void frame(Flow flow, Frame frame) throws IOException {
    release(flow.time());
    if (happens(plan.loss())) {
      truth.lost(flow);
      return;
    }
    int captured = captured(flow, frame);
    if (happens(plan.reorder())) {
      truth.late(flow);
      delay(flow, frame, captured, LATE_FROM, LATE_TO, false);
      return;
    }
    write(flow.time(), flow, frame, captured, false);
    if (happens(plan.duplicates()) && frames() < plan.packets()) {
      delay(flow, frame, captured, 1, COPY_TO, true);
    }
  }

  private boolean happens(double probability) {
    return probability > 0 && dice.chance(probability);
  }

  private int captured(Flow flow, Frame frame) {
    boolean whole = plan.snap() == 0 || flow.kind().isDns() || flow.frames() <= WHOLE_FRAMES;
    return whole ? frame.length() : Math.min(plan.snap(), frame.length());
  }

  private void delay(Flow flow, Frame frame, int captured, int from, int to, boolean copy) {
    Frame own = new Frame();
    own.set(frame);
    if (copy) {
      own.hop();
    }
    long time = flow.time() + dice.between(from, to);
    waiting.add(new Waiting(time, delayed++, flow, own, captured, copy));
  }

  private void release(long until) throws IOException {
    for (Waiting next = waiting.peek(); next != null && next.time <= until; next = waiting.peek()) {
      waiting.remove();
      write(next.time, next.flow, next.frame, next.captured, next.copy);
    }
  }

  private void write(long time, Flow flow, Frame frame, int captured, boolean copy)
      throws IOException {
    writer.write(time, frame, captured);
    frames++;
    if (copy) {
      truth.copy(flow, frame);
    } else {
      truth.frame(flow, frame);
    }
  }

  /** Writes what is late still. */
  void drain() throws IOException {
    release(Long.MAX_VALUE);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
