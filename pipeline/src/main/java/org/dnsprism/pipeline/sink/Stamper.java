// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.Head;

/** Gives each record its head, with numbers without gaps, and hands it to all sinks. */
public final class Stamper implements BodySink {
  private final String agent;
  private final String run;
  private final List<RecordSink> sinks;
  private final Map<Body.Kind, Long> next = new EnumMap<>(Body.Kind.class);

  /**
   * Makes one.
   *
   * @param agent name of the process's place in the network
   * @param run identifier of this start
   * @param sinks all get every record
   */
  public Stamper(String agent, String run, List<RecordSink> sinks) {
    this.agent = agent;
    this.run = run;
    this.sinks = List.copyOf(sinks);
  }

  @Override
  public void accept(Body body) throws SinkException {
    long seq = next.merge(body.kind(), 1L, Long::sum) - 1;
    Head head = new Head(body.kind().label(), Head.SCHEMA, agent, run, seq);
    Envelope envelope = new Envelope(head, body);
    for (RecordSink sink : sinks) {
      sink.accept(envelope);
    }
  }

  /** Says in one line how many records of each kind were written. */
  public void tell(PrintStream out) {
    StringBuilder line = new StringBuilder("dnsprism: written:");
    for (Body.Kind kind : Body.Kind.values()) {
      if (kind != Body.Kind.AGENT || count(kind) > 0) {
        line.append(" %,d %s".formatted(count(kind), kind.label()));
      }
    }
    out.println(line);
  }

  /** Records of a kind so far. */
  public long count(Body.Kind kind) {
    return next.getOrDefault(kind, 0L);
  }
}
