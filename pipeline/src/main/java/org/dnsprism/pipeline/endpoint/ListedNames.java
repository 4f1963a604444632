// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;

/** The names of a list whose services run, with their rules. */
final class ListedNames {
  private final Map<String, List<Endpoint>> byName = new TreeMap<>();
  private final Map<String, List<Endpoint>> bundled = new TreeMap<>();
  private final Map<String, String> countries = new HashMap<>();

  ListedNames(EndpointList list, LocalDate today) {
    gather(list, today, byName);
    gather(EndpointList.bundled(), today, bundled);
    for (int i = 0; i < list.operatorCount(); i++) {
      countries.put(list.operator(i), list.operatorCountry(i));
    }
  }

  private static void gather(
      EndpointList list, LocalDate today, Map<String, List<Endpoint>> byName) {
    for (int i = 0; i < list.entries(); i++) {
      Endpoint rule = list.endpoint(i);
      LocalDate ended = rule.validUntil();
      if (rule.kind().isName() && (ended == null || !ended.isBefore(today))) {
        byName.computeIfAbsent(rule.value(), any -> new ArrayList<>()).add(rule);
      }
    }
  }

  /** The names in alphabetical order. */
  Collection<String> all() {
    return byName.keySet();
  }

  private List<Endpoint> rules(Collection<String> names) {
    return names.stream().flatMap(name -> byName.getOrDefault(name, List.of()).stream()).toList();
  }

  /** The rules of names, exact and suffix ones, as far as some operators run them. */
  List<Endpoint> rules(Collection<String> names, Collection<String> operators) {
    return rules(names).stream().filter(rule -> operators.contains(rule.operator())).toList();
  }

  /** Seat of an operator. */
  String country(String operator) {
    return countries.getOrDefault(operator, EndpointList.UNKNOWN_COUNTRY);
  }

  /** The rules of a name that come from the bundled list, whose rules run out without news. */
  List<Endpoint> bundledRules(String name) {
    List<Endpoint> rules = new ArrayList<>(byName.getOrDefault(name, List.of()));
    rules.retainAll(bundled.getOrDefault(name, List.of()));
    return rules;
  }

  /** Who runs the names. */
  List<String> operators(Collection<String> names) {
    return rules(names).stream().map(Endpoint::operator).toList();
  }

  /** Those of some names that an operator runs. */
  List<String> ofOperator(Collection<String> names, String operator) {
    return names.stream().filter(name -> operators(List.of(name)).contains(operator)).toList();
  }
}
