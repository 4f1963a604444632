// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.io.StringReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.dnsprism.classifier.learned.LearnedTable;
import org.dnsprism.classifier.wire.Packet;

/** An engine with an empty endpoint list, its journal, and intervals of one minute. */
final class Shard {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Idle after 300 s (TCP), 60 s (UDP), 5 s when closed; active 1800 s; answers within 10 s. */
  static final FlowSettings SETTINGS = settings(1000);

  final Journal journal = new Journal();
  final FlowEngine engine;
  private LearnedTable known;

  Shard() {
    this(SETTINGS);
  }

  Shard(FlowSettings settings) {
    this(settings, noEndpoints());
  }

  Shard(FlowSettings settings, EndpointList endpoints) {
    engine = new FlowEngine(settings, endpoints, journal, 4711);
    known = LearnedTable.empty(endpoints);
  }

  static FlowSettings settings(int maxFlows) {
    return new FlowSettings(
        maxFlows,
        64,
        64,
        FlowSettings.DEFAULT_SUSPECT_THRESHOLD,
        1024,
        1 << 20,
        300 * SECOND,
        60 * SECOND,
        5 * SECOND,
        1800 * SECOND,
        10 * SECOND);
  }

  static EndpointList noEndpoints() {
    return endpoints("kind\tvalue\toperator\n");
  }

  static EndpointList endpoints(String text) {
    try {
      return EndpointList.parse(List.of(new EndpointSource("test", new StringReader(text))));
    } catch (EndpointListException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Feeds packets, each in the interval of its own time. */
  Shard feed(Packet... packets) {
    for (Packet packet : packets) {
      feed(packet, (int) (packet.timeNanos() / (60 * SECOND)));
    }
    return this;
  }

  void feed(Packet packet, int interval) {
    boolean forward = FlowKey.forward(packet);
    long hash = engine.hash(packet, forward);
    engine.accept(packet, forward, hash, engine.find(packet, forward, hash), interval);
  }

  /** Closes the interval, with the exchange of what was learned before it. */
  Shard close(int interval) {
    long now = (interval + 1) * 60L * SECOND;
    exchange(interval * 60L * SECOND);
    engine.closeInterval(interval, now);
    return this;
  }

  /** Ends the input. */
  Journal finish(int interval) {
    exchange(interval * 60L * SECOND);
    engine.finish(interval);
    return journal;
  }

  private void exchange(long now) {
    known = known.with(engine.takeLearned(), now);
    engine.learn(known);
  }
}
