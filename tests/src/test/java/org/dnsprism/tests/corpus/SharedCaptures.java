// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Assumptions;

/** The labelled captures that lie beside the repository, where they do. */
final class SharedCaptures {
  private static final Path FOLDER =
      Path.of(Objects.requireNonNull(System.getProperty("dnsprism.root")), "../shared/pcaps");

  private static final String FAULTS =
      "tests/src/test/resources/org/dnsprism/tests/corpus/label-faults.tsv";

  private SharedCaptures() {}

  /** The captures in the order of their names; ends the test with a word when there are none. */
  static List<Path> all() {
    return flows().keySet().stream().map(FOLDER::resolve).toList();
  }

  /** The rows of FLOWS.tsv by file, each a map from column to value. */
  static Map<String, List<Map<String, String>>> flows() {
    Path table = FOLDER.resolve("FLOWS.tsv");
    Assumptions.assumeTrue(
        Files.exists(table), "the labelled captures are not beside this repository");
    Map<String, List<Map<String, String>>> byFile = new LinkedHashMap<>();
    for (Map<String, String> row : rows(table)) {
      String file = Objects.requireNonNull(row.get("file"));
      byFile.computeIfAbsent(file, any -> new ArrayList<>()).add(row);
    }
    return byFile;
  }

  static Path path(String file) {
    return FOLDER.resolve(file);
  }

  /** Rows of labels that are proven to count messages wrongly, with the right numbers. */
  static List<Map<String, String>> provenFaults() {
    return rows(LabCaptures.root().resolve(FAULTS));
  }

  /** A table with tabs and a line of names, past comments. */
  static List<Map<String, String>> rows(Path table) {
    try {
      List<String> lines =
          Files.readAllLines(table, StandardCharsets.UTF_8).stream()
              .filter(line -> !line.startsWith("#"))
              .toList();
      String[] names = lines.get(0).split("\t", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] values = line.split("\t", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], values[i]);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
