// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dnsprism.classifier.endpoint.EndpointListException.Problem;
import org.jspecify.annotations.Nullable;

/** Reads one list file; the format is described in docs/endpoints.md. */
final class ListReader {
  /** So many problems of one list are told. */
  private static final int MAX_PROBLEMS = 100;

  private final EndpointSource source;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<RuleKey, Endpoint> rules = new HashMap<>();
  private final Set<RuleKey> removals = new HashSet<>();
  private final Map<RuleKey, Integer> lines = new HashMap<>();
  private final Map<String, String> countries = new HashMap<>();
  private @Nullable RuleColumns columns;
  private @Nullable String version;
  private @Nullable LocalDate staleAfter;

  private ListReader(EndpointSource source) {
    this.source = source;
  }

  /**
   * Reads sources to their ends.
   *
   * @throws EndpointListException with the problems of all of them
   */
  static List<ListLayer> readAll(List<EndpointSource> sources) throws EndpointListException {
    List<ListLayer> layers = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (EndpointSource source : sources) {
      ListReader reader = new ListReader(source);
      layers.add(reader.read());
      problems.addAll(reader.problems);
    }
    if (!problems.isEmpty()) {
      throw new EndpointListException(problems);
    }
    return layers;
  }

  private ListLayer read() {
    int number = 0;
    try {
      BufferedReader reader = new BufferedReader(source.reader());
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!check(number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line, number)) {
          break;
        }
      }
    } catch (IOException e) {
      problem(number + 1, "cannot be read: " + oneLine(e));
    }
    return new ListLayer(rules, removals, countries, version, staleAfter);
  }

  /** Takes a line; false when the rest cannot be read, or enough problems have been told. */
  private boolean check(String line, int number) {
    try {
      line(line, number);
      return true;
    } catch (IllegalArgumentException e) {
      problem(number, oneLine(e));
      boolean headerless = columns == null && !line.startsWith("#");
      return !headerless && problems.size() < MAX_PROBLEMS;
    }
  }

  private void problem(int line, String what) {
    problems.add(new Problem(source.name(), line, what));
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ");
  }

  private void line(String line, int number) {
    if (line.startsWith("#")) {
      directive(line.substring(1).strip());
    } else if (columns == null && !line.isBlank()) {
      columns = RuleColumns.ofHeader(line);
    } else if (columns != null && !line.isBlank()) {
      rule(columns, line, number);
    }
  }

  /** Comments above the header may state what the whole list is. */
  private void directive(String comment) {
    int colon = comment.indexOf(": ");
    if (columns != null || colon < 0) {
      return;
    }
    String value = comment.substring(colon + 2).strip();
    switch (comment.substring(0, colon)) {
      case "version" -> version = RuleColumns.text("version", value);
      case "stale_after" -> staleAfter = RuleColumns.date("stale_after", value);
      default -> {}
    }
  }

  private void rule(RuleColumns header, String line, int number) {
    RuleColumns.Row row = header.row(line);
    RuleKey key = row.key();
    Integer earlier = lines.putIfAbsent(key, number);
    if (earlier != null) {
      throw new IllegalArgumentException(
          "%s %s stands in line %d already".formatted(key.kind().label(), key.value(), earlier));
    }
    if (row.isRemoval()) {
      removals.add(key);
      return;
    }
    Endpoint endpoint = row.endpoint(key, source.name());
    rules.put(key, endpoint);
    String country = endpoint.operatorCountry();
    if (!country.equals(EndpointList.UNKNOWN_COUNTRY)) {
      String other = countries.putIfAbsent(endpoint.operator(), country);
      if (other != null && !other.equals(country)) {
        throw new IllegalArgumentException(
            "operator_country %s, but %s has %s further up"
                .formatted(country, endpoint.operator(), other));
      }
    }
  }
}
