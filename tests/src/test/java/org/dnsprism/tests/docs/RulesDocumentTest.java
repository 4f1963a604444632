// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Rule;
import org.dnsprism.classifier.verdict.Rules;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Test;

/**
 * The tables in the documentation are those of the program. With {@code -Ddnsprism.write=true} they
 * are written anew.
 */
class RulesDocumentTest {
  private static final Path DOCUMENT = LabCaptures.root().resolve("docs/classification.md");

  @Test
  void rulesAndEvidenceAreAsTheProgramHasThem() throws IOException {
    String text = Files.readString(DOCUMENT, StandardCharsets.UTF_8);
    String wanted = with(with(text, "rules", rules()), "evidence", evidence());
    if (Boolean.getBoolean("dnsprism.write")) {
      Files.writeString(DOCUMENT, wanted, StandardCharsets.UTF_8);
    } else {
      assertEquals(wanted, text, "docs/classification.md: run with -Ddnsprism.write=true");
    }
  }

  private static String with(String text, String name, String table) {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    int from = text.indexOf(begin) + begin.length();
    return text.substring(0, from) + table + text.substring(text.indexOf(end));
  }

  private static String rules() {
    String head =
        """
        | rule | verdict | confidence | needs | must not have | why |
        |---|---|---|---|---|---|
        """;
    return head + Rules.all().stream().map(RulesDocumentTest::row).collect(Collectors.joining());
  }

  private static String row(Rule rule) {
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            rule.name(),
            rule.transport().label(),
            rule.confidence().label(),
            kinds(rule.required()),
            kinds(rule.excluded()),
            rule.why());
  }

  private static String kinds(long evidence) {
    return Rule.kinds(evidence).stream()
        .map(kind -> "`" + kind.label() + "`")
        .collect(Collectors.joining(" "));
  }

  private static String evidence() {
    String head =
        """
        | kind | fact |
        |---|---|
        """;
    return Arrays.stream(Evidence.values())
        .map(kind -> "| `%s` | %s |\n".formatted(kind.label(), kind.words()))
        .collect(Collectors.joining("", head, ""));
  }
}
