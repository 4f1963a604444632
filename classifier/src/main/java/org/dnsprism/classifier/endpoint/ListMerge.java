// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists put on top of each other, and how long each rule that is left may be trusted. */
final class ListMerge {
  /** How long a rule of an overlay is fresh: as long as the bundled list calls its own rules so. */
  private static final int OVERLAY_FRESH_DAYS = 365;

  private final Map<RuleKey, Endpoint> rules = new TreeMap<>();
  private final Map<RuleKey, LocalDate> freshUntil = new HashMap<>();
  private final Map<String, String> countries = new HashMap<>();

  /** Puts a list on top: its rules replace others of the same key, its removals take them away. */
  ListMerge add(ListLayer layer) {
    rules.keySet().removeAll(layer.removals());
    freshUntil.keySet().removeAll(layer.rules().keySet());
    rules.putAll(layer.rules());
    countries.putAll(layer.countries());
    LocalDate staleAfter = layer.staleAfter();
    if (staleAfter != null) {
      layer.rules().keySet().forEach(key -> freshUntil.put(key, staleAfter));
    }
    return this;
  }

  /** Lays an overlay on: it adds rules, and tells of known ones that they were seen again. */
  ListMerge refresh(ListLayer overlay) {
    overlay.rules().forEach(this::refresh);
    overlay.countries().forEach(countries::putIfAbsent);
    return this;
  }

  private void refresh(RuleKey key, Endpoint seen) {
    Endpoint known = rules.get(key);
    LocalDate day = seen.lastSeen();
    if (known == null) {
      rules.put(key, seen);
    } else if (isAfter(day, known.lastSeen())) {
      rules.put(key, known.withLastSeen(day));
    }
    LocalDate before = freshUntil.get(key);
    LocalDate until = day == null ? null : day.plusDays(OVERLAY_FRESH_DAYS);
    if (until != null && (known == null || (before != null && until.isAfter(before)))) {
      freshUntil.put(key, until);
    }
  }

  private static boolean isAfter(@Nullable LocalDate day, @Nullable LocalDate other) {
    return day != null && (other == null || day.isAfter(other));
  }

  /** The rules in the order of their keys, each with the country of its operator. */
  List<Endpoint> endpoints() {
    return rules.values().stream().map(this::withCountry).toList();
  }

  private Endpoint withCountry(Endpoint rule) {
    String country = countries.getOrDefault(rule.operator(), EndpointList.UNKNOWN_COUNTRY);
    return country.equals(rule.operatorCountry()) ? rule : rule.withOperatorCountry(country);
  }

  /** The last day since 1970 on which each rule may be trusted, in the order of the rules. */
  int[] freshUntilDays() {
    return rules.entrySet().stream()
        .mapToInt(rule -> freshUntilDay(rule.getKey(), rule.getValue()))
        .toArray();
  }

  private int freshUntilDay(RuleKey key, Endpoint rule) {
    LocalDate listed = freshUntil.getOrDefault(key, LocalDate.MAX);
    LocalDate ended = rule.validUntil() == null ? LocalDate.MAX : rule.validUntil();
    LocalDate until = listed.isBefore(ended) ? listed : ended;
    return (int) Math.min(until.toEpochDay(), Integer.MAX_VALUE);
  }

  /** Seat of each operator that has one. */
  Map<String, String> countries() {
    return countries;
  }
}
