// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.Head;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record its head, with numbers without gaps, and hands it to all sinks. Thread-safe.
 */
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
  public synchronized void accept(Body body) throws SinkException {
    long seq = next.merge(body.kind(), 1L, Long::sum) - 1;
    Head head = new Head(body.kind().label(), Head.SCHEMA, agent, run, seq);
    Envelope envelope = new Envelope(head, body, delivery(body.kind()));
    for (RecordSink sink : sinks) {
      sink.accept(envelope);
    }
  }

  /**
   * What the sinks know of the records before; flows and cells, of which there are many, do not
   * tell.
   */
  private @Nullable Map<String, Delivery> delivery(Body.Kind kind) {
    if (kind == Body.Kind.FLOW || kind == Body.Kind.STATS) {
      return null;
    }
    for (RecordSink sink : sinks) {
      Map<String, Delivery> delivery = sink.delivery();
      if (delivery != null) {
        return delivery;
      }
    }
    return null;
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
  public synchronized long count(Body.Kind kind) {
    return next.getOrDefault(kind, 0L);
  }
}
