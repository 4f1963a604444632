// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.pipeline.endpoint.AddressAnswer.Outcome;

/** What became of the questions and answers of an update. */
public final class OverlayReport {
  /** So many refused addresses are told of one by one. */
  private static final int MOST_LINES = 20;

  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final List<String> refused = new ArrayList<>();
  private long refusals;

  OverlayReport() {}

  /** What became of an address, and the words for it. */
  enum Count {
    RENEWED("listed and seen again"),
    NEW("new"),
    KEPT("kept with their date"),
    FRONTS("of web front ends"),
    FOREIGN("listed for another operator"),
    AMBIGUOUS("of several operators"),
    UNOWNED("of nobody known"),
    POOLS("answers with too many addresses");

    private final String words;

    Count(String words) {
      this.words = words;
    }
  }

  void add(Count count, long much) {
    counts.merge(count, much, Long::sum);
  }

  void add(AddressAnswer answer) {
    outcomes.merge(answer.outcome(), 1L, Long::sum);
  }

  void refuse(String name, AddressBlock address) {
    refusals++;
    if (refused.size() < MOST_LINES) {
      refused.add(
          "%s has %s, which is private or special: refused".formatted(name, address.text()));
    }
  }

  /** A line for each address that was refused; of many, the first ones. */
  public List<String> refused() {
    return List.copyOf(refused);
  }

  /** All counts, on two lines. */
  public String words() {
    String answers =
        String.format(
            Locale.ROOT,
            "%,d answers with addresses, %,d without, %,d failed, %,d timed out",
            of(Outcome.ADDRESSES),
            of(Outcome.NONE),
            of(Outcome.FAILED),
            of(Outcome.SILENT));
    StringBuilder addresses = new StringBuilder("addresses:");
    for (Count count : Count.values()) {
      addresses.append(
          String.format(Locale.ROOT, " %,d %s,", counts.getOrDefault(count, 0L), count.words));
    }
    addresses.append(String.format(Locale.ROOT, " %,d refused as private or special", refusals));
    return answers + "\n" + addresses;
  }

  private long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
