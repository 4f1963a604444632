// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a list and their seats, numbered from 1 in the order of their names; 0 is the
 * unknown one. A list that takes the place of another keeps the other's numbers, so that what was
 * counted by number stays right.
 */
final class Operators {
  private final List<String> names = new ArrayList<>();
  private final List<String> countries = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Numbers operators.
   *
   * @param endpoints the rules
   * @param seats country of each operator that has one
   * @param before the operators of the list that was in force before, if there was one
   */
  Operators(List<Endpoint> endpoints, Map<String, String> seats, @Nullable Operators before) {
    add(EndpointList.UNKNOWN_OPERATOR, seats, EndpointList.UNKNOWN_COUNTRY);
    if (before != null) {
      for (int i = 1; i < before.count(); i++) {
        add(before.name(i), seats, before.country(i));
      }
    }
    TreeSet<String> known = new TreeSet<>();
    endpoints.forEach(endpoint -> known.add(endpoint.operator()));
    known.forEach(name -> add(name, seats, EndpointList.UNKNOWN_COUNTRY));
  }

  private void add(String name, Map<String, String> seats, String otherwise) {
    if (numbers.putIfAbsent(name, names.size()) == null) {
      names.add(name);
      countries.add(seats.getOrDefault(name, otherwise));
    }
  }

  int count() {
    return names.size();
  }

  String name(int number) {
    return names.get(number);
  }

  String country(int number) {
    return countries.get(number);
  }

  /** The number of the operator of each rule. */
  int[] numbers(List<Endpoint> endpoints) {
    return endpoints.stream().mapToInt(e -> numbers.getOrDefault(e.operator(), 0)).toArray();
  }
}
