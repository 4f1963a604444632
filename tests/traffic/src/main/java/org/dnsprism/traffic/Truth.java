// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in a capture, counted while it is made. */
final class Truth {
  /** What was counted of one kind of flows, or of one transport. */
  static final class Count {
    private long flows;
    private long frames;
    private long bytes;
    private long queries;
    private long responses;
    private long lost;
    private long late;
    private long copies;

    private void add(Count other) {
      flows += other.flows;
      frames += other.frames;
      bytes += other.bytes;
      queries += other.queries;
      responses += other.responses;
      lost += other.lost;
      late += other.late;
      copies += other.copies;
    }

    private String json() {
      return String.format(
          "{\"flows\": %d, \"frames\": %d, \"bytes\": %d, \"queries\": %d, \"responses\": %d,"
              + " \"lost\": %d, \"late\": %d, \"copies\": %d}",
          flows, frames, bytes, queries, responses, lost, late, copies);
    }
  }

  private final Map<Kind, Count> kinds = new EnumMap<>(Kind.class);
  private long openAtOnce;

  Truth() {
    for (Kind kind : Kind.values()) {
      kinds.put(kind, new Count());
    }
  }

  private Count of(Flow flow) {
    return of(flow.kind());
  }

  private Count of(Kind kind) {
    Count count = kinds.get(kind);
    if (count == null) {
      throw new IllegalStateException(kind.name());
    }
    return count;
  }

  /** A frame that is in the capture. */
  void frame(Flow flow, Frame frame) {
    Count count = of(flow);
    count.flows += flow.framesWritten() == 0 ? 1 : 0;
    flow.written(frame);
    count.frames++;
    count.bytes += frame.length();
    count.queries += frame.queries();
    count.responses += frame.responses();
  }

  /** A frame that is missing. */
  void lost(Flow flow) {
    of(flow).lost++;
  }

  /** A frame that comes after later ones. */
  void late(Flow flow) {
    of(flow).late++;
  }

  /** A second copy of a frame; its messages do not count again. */
  void copy(Flow flow, Frame frame) {
    Count count = of(flow);
    count.frames++;
    count.bytes += frame.length();
    count.copies++;
  }

  /** A flow that was to go on when the capture ended. */
  void cut(Flow flow) {
    if (!flow.shows() && flow.framesWritten() > 0) {
      Count from = of(flow.kind());
      Count to = of(Kind.CUT);
      from.flows--;
      from.frames -= flow.framesWritten();
      from.bytes -= flow.bytesWritten();
      from.queries -= flow.queriesWritten();
      to.flows++;
      to.frames += flow.framesWritten();
      to.bytes += flow.bytesWritten();
    }
  }

  /** Flows that have frames before them and behind them. */
  void open(long flows) {
    openAtOnce = Math.max(openAtOnce, flows);
  }

  /** All as one JSON object. */
  String json(Plan plan) {
    Count all = new Count();
    Map<String, Count> transports = new LinkedHashMap<>();
    kinds.forEach(
        (kind, count) -> {
          all.add(count);
          transports.computeIfAbsent(kind.transport(), any -> new Count()).add(count);
        });
    StringBuilder json = new StringBuilder("{\n");
    json.append("  \"seed\": ").append(plan.seed()).append(",\n");
    json.append("  \"mix\": \"").append(plan.mix().label()).append("\",\n");
    json.append("  \"open_at_once\": ").append(openAtOnce).append(",\n");
    json.append("  \"all\": ").append(all.json()).append(",\n");
    object(json, "transports", transports);
    json.append(",\n");
    Map<String, Count> byKind = new LinkedHashMap<>();
    kinds.forEach((kind, count) -> byKind.put(kind.label(), count));
    object(json, "kinds", byKind);
    return json.append("\n}\n").toString();
  }

  private static void object(StringBuilder json, String name, Map<String, Count> counts) {
    json.append("  \"").append(name).append("\": {\n");
    for (Iterator<Map.Entry<String, Count>> i = counts.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Count> entry = i.next();
      json.append("    \"").append(entry.getKey()).append("\": ").append(entry.getValue().json());
      json.append(i.hasNext() ? ",\n" : "\n");
    }
    json.append("  }");
  }
}
