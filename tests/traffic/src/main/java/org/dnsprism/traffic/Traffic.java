// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Lets flows begin and merges their frames by time; memory grows with the flows open at once. */
final class Traffic {
  /** 2026-11-24T00:00:00Z. */
  static final long START = 1_795_478_400L * Flow.SECOND;

  /** Where a flow of the mix {@code held} waits: its hellos are over by then. */
  private static final int HELD_AFTER = 7;

  private static final double HELD_BEGIN_WITHIN = 0.4;
  private static final double HELD_FOR = 0.5;
  private static final double SIZE_EXPONENT = 1.2;
  private static final double WARM_UP = 0.05;

  private final Plan plan;
  private final Output output;
  private final Population population;
  private final Dice arrivals;
  private final Truth truth;
  private final PriorityQueue<Flow> flows =
      new PriorityQueue<>(
          Comparator.<Flow>comparingLong(Flow::time).thenComparingLong(Flow::number));
  private final double content;
  private final double least;
  private final double most;
  private long begun;
  private long nextBegin = START;

  Traffic(Plan plan, Truth truth, Output output) {
    this.plan = plan;
    this.truth = truth;
    this.output = output;
    population = new Population(plan);
    arrivals = Dice.of(plan.seed(), -2);
    content = plan.mix().content((double) plan.packets() / plan.flows());
    most = Math.max(1_000, plan.packets() / 200.0);
    least = leastFor(content, most);
  }

  /** Where a Pareto distribution has to begin for its mean. */
  private static double leastFor(double mean, double most) {
    double low = 0.01;
    double high = mean;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      double cut = middle / most;
      double s = SIZE_EXPONENT;
      double meanThere =
          middle * s / (s - 1) * (1 - StrictMath.pow(cut, s - 1)) / (1 - StrictMath.pow(cut, s));
      if (meanThere < mean) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Makes all frames. */
  void run() throws IOException {
    Frame frame = new Frame();
    while (output.frames() < plan.packets()) {
      Flow flow = flows.peek();
      if (begins(flow)) {
        begin();
      } else if (flow == null) {
        break;
      } else {
        flows.remove();
        advance(flow, frame);
      }
    }
    output.drain();
    flows.forEach(truth::cut);
  }

  private boolean begins(@Nullable Flow next) {
    if (plan.mix() == Mix.HELD && begun >= plan.flows()) {
      return false;
    }
    return next == null || nextBegin <= next.time();
  }

  private void begin() {
    Dice dice = Dice.of(plan.seed(), begun);
    double size = Math.min(most, dice.pareto(least, most, SIZE_EXPONENT)) * correction();
    Flow flow = population.flow(begun++, dice, size);
    flow.at(nextBegin);
    flows.add(flow);
    truth.open(flows.size());
    double within = plan.mix() == Mix.HELD ? HELD_BEGIN_WITHIN : 1;
    nextBegin += arrivals.exponential(within * plan.duration() / plan.flows());
  }

  /**
   * Makes new flows longer when there are fewer frames than planned by now, and shorter if more.
   */
  private double correction() {
    double passed = (nextBegin - START) / (double) plan.duration();
    if (plan.mix() == Mix.HELD || passed < WARM_UP) {
      return 1;
    }
    double missing = passed * plan.packets() / Math.max(1, output.frames());
    return Math.max(0.2, Math.min(5, missing * missing * missing));
  }

  private void advance(Flow flow, Frame frame) throws IOException {
    long pause = flow.next(frame);
    output.frame(flow, frame);
    if (pause >= 0) {
      boolean hold = plan.mix() == Mix.HELD && flow.kind().isHeld() && flow.frames() == HELD_AFTER;
      flow.at(flow.time() + pause + (hold ? (long) (HELD_FOR * plan.duration()) : 0));
      flows.add(flow);
    }
  }
}
