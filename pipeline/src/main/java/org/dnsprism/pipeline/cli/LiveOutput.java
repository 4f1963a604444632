// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.report.KafkaState;
import org.dnsprism.pipeline.report.LiveScreen;
import org.dnsprism.pipeline.report.LiveState;
import org.dnsprism.pipeline.report.RecordLine;
import org.dnsprism.pipeline.report.ReportStyle;
import org.dnsprism.pipeline.report.TerminalReport;
import org.dnsprism.pipeline.sink.BodySink;
import org.dnsprism.pipeline.sink.RecordSink;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.window.LiveObserver;
import org.jspecify.annotations.Nullable;

/**
 * What a live run tells: its records to the sinks, and to a person who looks on a screen that is
 * drawn anew each second, or, where nobody looks and there are no sinks, a line for each window.
 */
final class LiveOutput implements BodySink, LiveObserver, AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Stamper stamper;
  private final GeneralOptions general;
  private final PrintStream out;
  private final List<RecordSink> sinks;
  private final List<LiveObserver> observers = new ArrayList<>();
  private final @Nullable LiveDisplay display;
  private final LiveScreen screen;
  private final long startNanos = System.nanoTime();

  /**
   * Begins to tell.
   *
   * @param sinks that the stamper writes to
   * @param looksOn whether a person looks at standard output
   */
  LiveOutput(
      Stamper stamper,
      List<RecordSink> sinks,
      GeneralOptions general,
      List<String> interfaces,
      boolean looksOn) {
    this.stamper = stamper;
    this.sinks = sinks;
    this.general = general;
    out = general.out();
    screen = new LiveScreen(interfaces);
    display = looksOn ? new LiveDisplay(out) : null;
  }

  /** Lets another be told each second too. */
  void observe(LiveObserver observer) {
    observers.add(observer);
  }

  @Override
  public void accept(Body body) throws SinkException {
    stamper.accept(body);
    if (display != null) {
      screen.add(body);
    } else if (sinks.isEmpty() && body instanceof WindowRecord window) {
      out.println(new RecordLine(general.style()).window(window));
      out.flush();
    }
  }

  @Override
  public void onTick(LiveState state) throws SinkException {
    for (LiveObserver observer : observers) {
      observer.onTick(state);
    }
    if (display != null) {
      screen.add(state, (System.nanoTime() - startNanos) / NANOS_PER_SECOND);
      TerminalSize size = TerminalSize.of(Terminal.OUT);
      ReportStyle style = general.style(Math.max(1, size.columns()));
      display.draw(screen.lines(style, size.rows(), kafka()));
    }
  }

  private @Nullable KafkaState kafka() {
    for (RecordSink sink : sinks) {
      Map<String, Delivery> delivery = sink.delivery();
      if (delivery != null) {
        return state(delivery.values());
      }
    }
    return null;
  }

  private static KafkaState state(Collection<Delivery> kinds) {
    long produced = 0;
    long acknowledged = 0;
    long waiting = 0;
    long lost = 0;
    for (Delivery kind : kinds) {
      produced += kind.produced();
      acknowledged += kind.acknowledged();
      waiting += kind.spooled();
      lost += kind.discarded().values().stream().mapToLong(Long::longValue).sum();
    }
    return new KafkaState(produced, acknowledged, waiting, lost);
  }

  /** Tells of the whole run, once all records have arrived. */
  void finish(SummaryRecord summary) throws SinkException {
    close();
    for (RecordSink sink : sinks) {
      sink.finish();
    }
    if (sinks.isEmpty()) {
      out.print(TerminalReport.render(summary, general.style()));
      out.flush();
    } else if (!general.quiet()) {
      stamper.tell(System.err);
    }
  }

  @Override
  public void close() {
    if (display != null) {
      display.close();
    }
  }
}
