// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Rule;
import org.dnsprism.classifier.verdict.Rules;
import org.junit.jupiter.api.Test;

/** The documents print the rules and the kinds of evidence as the classifier has them. */
class DocumentedTablesTest {
  @Test
  void rulesAreThoseOfTheClassifier() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| | rule | transport | confidence | needs | must not have | why |");
    rows.add("|---|---|---|---|---|---|---|");
    for (Rule rule : Rules.all()) {
      rows.add(
          "| %d | `%s` | `%s` | %s | %s | %s | %s |"
              .formatted(
                  rows.size() - 1,
                  rule.name(),
                  rule.transport().label(),
                  rule.confidence().label(),
                  kinds(rule.required()),
                  kinds(rule.excluded()),
                  rule.why()));
    }
    new DocumentedTable("classification.md", "rules").assertRows(rows);
  }

  @Test
  void evidenceIsThatOfTheClassifier() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| `kind` | the fact |");
    rows.add("|---|---|");
    for (Evidence kind : Evidence.values()) {
      rows.add("| `%s` | %s |".formatted(kind.label(), kind.words()));
    }
    new DocumentedTable("records.md", "evidence").assertRows(rows);
  }

  private static String kinds(long evidence) {
    return Rule.kinds(evidence).stream()
        .map(kind -> "`" + kind.label() + "`")
        .collect(Collectors.joining(" "));
  }
}
