// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

/** What a record says, apart from its {@link Head}. */
public sealed interface Body
    permits AgentRecord, FlowRecord, StatsRecord, SummaryRecord, WindowRecord {
  /** The kind that the record's head names. */
  Kind kind();

  /** The kinds of records. */
  enum Kind {
    /** One flow that ended. */
    FLOW("flow", FlowRecord.class),
    /** One cell of one window. */
    STATS("stats", StatsRecord.class),
    /** One window. */
    WINDOW("window", WindowRecord.class),
    /** The whole run. */
    SUMMARY("summary", SummaryRecord.class),
    /** A live run that is alive. */
    AGENT("agent", AgentRecord.class);

    private final String label;
    private final Class<? extends Body> type;

    Kind(String label, Class<? extends Body> type) {
      this.label = label;
      this.type = type;
    }

    /** The name in records, topics and file names. */
    public String label() {
      return label;
    }

    Class<? extends Body> type() {
      return type;
    }
  }
}
