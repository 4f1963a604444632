// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dnsprism.pipeline.record.AgentRecord;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.Head;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document on records has a row for each field, in the order in which they are written. */
class RecordsDocumentTest {
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");

  static Stream<Arguments> sections() {
    return Stream.of(
        Arguments.of("Head", Head.class),
        Arguments.of("Delivery", Delivery.class),
        Arguments.of("flow", FlowRecord.class),
        Arguments.of("stats", StatsRecord.class),
        Arguments.of("window", WindowRecord.class),
        Arguments.of("summary", SummaryRecord.class),
        Arguments.of("agent", AgentRecord.class));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyFieldHasARow(String heading, Class<?> type) throws IOException {
    String document = Files.readString(LabCaptures.root().resolve("docs/records.md"));
    int begin = document.indexOf("\n## " + heading + "\n");
    assertTrue(begin >= 0, "no section " + heading);
    int end = document.indexOf("\n## ", begin + 1);
    List<String> expected = fields(type);
    List<String> rows =
        FIRST_CELL
            .matcher(document.substring(begin, end))
            .results()
            .map((MatchResult row) -> row.group(1))
            .limit(expected.size())
            .toList();
    assertEquals(expected, rows);
  }

  private static List<String> fields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getAccessor().getAnnotation(JsonUnwrapped.class) == null)
        .map(RecordsDocumentTest::name)
        .toList();
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given != null
        ? given.value()
        : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
