// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.FrontNetworks;
import org.dnsprism.classifier.endpoint.MatchKind;
import org.dnsprism.classifier.endpoint.SpecialAddresses;
import org.dnsprism.pipeline.endpoint.AddressAnswer.Outcome;
import org.dnsprism.pipeline.endpoint.OverlayReport.Count;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rules of an overlay out of answers. An answer can add an address to the operator of the
 * name, and say that a rule still holds; it cannot give a listed address to somebody else.
 */
final class OverlayRules {
  /** Rules of an overlay that were last seen longer ago are left out. */
  static final int MOST_DAYS = 365;

  /** No resolver has more addresses under one name; a pool of web servers has. */
  private static final int MOST_ADDRESSES = 32;

  private final EndpointList base;
  private final LocalDate today;
  private final ListedNames names;
  private final OverlayReport report = new OverlayReport();
  private final Map<AddressBlock, Set<String>> found = new HashMap<>();
  private final Set<String> confirmed = new TreeSet<>();
  private final Set<String> failedV4 = new HashSet<>();
  private final Set<String> failedV6 = new HashSet<>();
  private final Map<String, Endpoint> rules = new TreeMap<>();

  /**
   * Makes no rules yet.
   *
   * @param base the list without the overlay
   * @param names its names
   * @param today day of the answers
   */
  OverlayRules(EndpointList base, ListedNames names, LocalDate today) {
    this.base = base;
    this.names = names;
    this.today = today;
  }

  /** What became of the answers. */
  OverlayReport report() {
    return report;
  }

  /**
   * The rules in the order of kinds and values.
   *
   * @param answers for the names
   * @param old rules of the overlay that this one takes the place of
   */
  List<Endpoint> of(List<AddressAnswer> answers, List<Endpoint> old) {
    answers.forEach(this::take);
    found.forEach(this::address);
    for (String name : confirmed) {
      for (Endpoint rule : names.bundledRules(name)) {
        put(OverlayText.seen(rule, today, OverlayText.RESOLVED));
      }
    }
    old.forEach(this::keep);
    return List.copyOf(rules.values());
  }

  private void put(Endpoint rule) {
    rules.put(key(rule), rule);
  }

  private static String key(Endpoint rule) {
    return rule.kind().ordinal() + rule.value();
  }

  private void take(AddressAnswer answer) {
    report.add(answer);
    boolean refused = false;
    boolean pool = answer.addresses().size() > MOST_ADDRESSES;
    if (pool) {
      report.add(Count.POOLS, 1);
    }
    for (AddressBlock address : pool ? List.<AddressBlock>of() : answer.addresses()) {
      if (special(address)) {
        report.refuse(answer.name(), address);
        refused = true;
      } else {
        found.computeIfAbsent(address, any -> new TreeSet<>()).add(answer.name());
      }
    }
    if (answer.failed() || refused) {
      (answer.ipv4() ? failedV4 : failedV6).add(answer.name());
    }
  }

  private static boolean special(AddressBlock address) {
    return SpecialAddresses.contain(address.high(), address.low())
        || SpecialAddresses.translated(address.high(), address.low());
  }

  private void address(AddressBlock address, Set<String> of) {
    Set<String> operators = new TreeSet<>(names.operators(of));
    operators.remove(EndpointList.UNKNOWN_OPERATOR);
    int listed = base.findAddress(address.high(), address.low());
    if (listed >= 0) {
      listed(base.endpoint(listed), operators, of);
    } else if (FrontNetworks.bundled().contains(address)) {
      report.add(Count.FRONTS, 1);
      confirmed.addAll(of);
    } else if (operators.size() > 1) {
      report.add(Count.AMBIGUOUS, 1);
    } else if (operators.isEmpty()) {
      report.add(Count.UNOWNED, 1);
      confirmed.addAll(of);
    } else {
      report.add(Count.NEW, 1);
      confirmed.addAll(of);
      put(OverlayText.address(address, names.rules(of, operators), of, today));
    }
  }

  private void listed(Endpoint rule, Set<String> operators, Set<String> of) {
    if (!operators.contains(rule.operator())) {
      report.add(Count.FOREIGN, 1);
      return;
    }
    report.add(Count.RENEWED, 1);
    names.ofOperator(of, rule.operator()).forEach(confirmed::add);
    if (rule.kind() == MatchKind.ADDRESS) {
      put(OverlayText.seen(rule, today, OverlayText.sources(of)));
    }
  }

  /** Keeps a rule of the old overlay with its date where nothing newer is known. */
  private void keep(Endpoint rule) {
    LocalDate seen = rule.lastSeen();
    boolean old = seen == null || seen.plusDays(MOST_DAYS).isBefore(today);
    if (old || rules.containsKey(key(rule)) || !mayHold(rule)) {
      return;
    }
    report.add(Count.KEPT, rule.kind().isName() ? 0 : 1);
    put(OverlayText.ofOperator(rule, names.country(rule.operator())));
  }

  /** Whether the rule's name, or one that had its address, could not be asked for this time. */
  private boolean mayHold(Endpoint rule) {
    if (rule.kind().isName()) {
      boolean failed = failedV4.contains(rule.value()) || failedV6.contains(rule.value());
      return failed && names.bundledRules(rule.value()).stream().anyMatch(b -> sameRule(b, rule));
    }
    AddressBlock address = AddressBlock.parseAddress(rule.value());
    int listed = base.findAddress(address.high(), address.low());
    Set<String> failed = address.isIpv4() ? failedV4 : failedV6;
    return of(rule).stream().anyMatch(failed::contains)
        && (listed < 0 || sameRule(base.endpoint(listed), rule));
  }

  private static boolean sameRule(Endpoint one, Endpoint other) {
    return one.kind() == other.kind() && one.operator().equals(other.operator());
  }

  private static Collection<String> of(Endpoint rule) {
    List<String> names = new ArrayList<>();
    for (String source : rule.provenance().split(",", -1)) {
      @Nullable String name = OverlayText.nameOf(source);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** Whether any name has addresses. */
  static boolean anyAddresses(List<AddressAnswer> answers) {
    return answers.stream().anyMatch(answer -> answer.outcome() == Outcome.ADDRESSES);
  }
}
