// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.MatchKind;
import org.dnsprism.classifier.endpoint.ServedPort;
import org.dnsprism.classifier.endpoint.Sharing;
import org.dnsprism.classifier.endpoint.Tier;
import org.jspecify.annotations.Nullable;

/** The overlay as text: an endpoint list whose sources are the names that were resolved. */
final class OverlayText {
  /** Source of the rule of a name that has addresses. */
  static final String RESOLVED = "resolved";

  private static final String NAME = "dns:";
  private static final String FILE = "overlay";

  /** The list format allows 1,000 letters. */
  private static final int MOST_LETTERS = 1000;

  private OverlayText() {}

  /** The whole file. */
  static String of(List<Endpoint> rules, LocalDate today) {
    StringBuilder text = new StringBuilder(1 << 16);
    text.append("# Addresses of listed names, written by 'dnsprism endpoints update'.\n");
    text.append("# version: ").append(today).append('\n');
    text.append("kind\tvalue\toperator\toperator_country\tservice\tprotocols\tsharing\ttier");
    text.append("\tcustomer_label\tfirst_seen\tlast_seen\tsources\n");
    rules.forEach(rule -> text.append(line(rule)).append('\n'));
    return text.toString();
  }

  private static String line(Endpoint rule) {
    return String.join(
        "\t",
        rule.kind().label(),
        rule.value(),
        rule.operator(),
        rule.operatorCountry(),
        rule.service(),
        rule.services().stream().map(ServedPort::toString).collect(Collectors.joining(",")),
        rule.sharing().label(),
        rule.tier().label(),
        rule.customerLabel() ? "yes" : "no",
        text(rule.firstSeen()),
        text(rule.lastSeen()),
        rule.provenance());
  }

  private static String text(@Nullable LocalDate day) {
    return day == null ? "" : day.toString();
  }

  /** A listed rule, seen again. */
  static Endpoint seen(Endpoint rule, LocalDate today, String sources) {
    return with(rule, rule.operatorCountry(), today, sources);
  }

  /** An old rule, with the country that its operator has now. */
  static Endpoint ofOperator(Endpoint rule, String country) {
    return with(rule, country, rule.lastSeen(), rule.provenance());
  }

  private static Endpoint with(
      Endpoint rule, String country, @Nullable LocalDate seen, String sources) {
    return new Endpoint(
        rule.kind(),
        rule.value(),
        rule.operator(),
        country,
        rule.service(),
        rule.services(),
        rule.sharing(),
        rule.tier(),
        rule.customerLabel(),
        rule.firstSeen(),
        seen,
        null,
        sources,
        FILE);
  }

  /**
   * The rule of an address that no list has: it serves what its names serve, and is worth no more
   * than the least of them.
   *
   * @param of rules of the names, all of one operator
   */
  static Endpoint address(
      AddressBlock address, List<Endpoint> of, Collection<String> names, LocalDate today) {
    Sharing sharing = Sharing.DEDICATED;
    Tier tier = Tier.CORE;
    TreeSet<ServedPort> services = new TreeSet<>();
    for (Endpoint rule : of) {
      sharing = rule.sharing().compareTo(sharing) > 0 ? rule.sharing() : sharing;
      tier = rule.tier().compareTo(tier) > 0 ? rule.tier() : tier;
      services.addAll(rule.services());
    }
    Endpoint first = of.get(0);
    return new Endpoint(
        MatchKind.ADDRESS,
        address.text(),
        first.operator(),
        first.operatorCountry(),
        "",
        List.copyOf(services),
        sharing,
        tier,
        false,
        today,
        today,
        null,
        sources(names),
        FILE);
  }

  /** Names as sources, as many as there is room for. */
  static String sources(Collection<String> names) {
    StringBuilder sources = new StringBuilder();
    for (String name : names) {
      if (sources.length() + 1 + NAME.length() + name.length() > MOST_LETTERS) {
        break;
      }
      sources.append(sources.length() == 0 ? "" : ",").append(NAME).append(name);
    }
    return sources.toString();
  }

  /** The name that a source is, or null. */
  static @Nullable String nameOf(String source) {
    return source.startsWith(NAME) ? source.substring(NAME.length()) : null;
  }
}
