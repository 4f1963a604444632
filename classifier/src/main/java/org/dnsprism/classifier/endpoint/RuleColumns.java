// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a list file and what a field in each of them may hold. All methods throw {@link
 * IllegalArgumentException} with one line that says what is wrong.
 */
final class RuleColumns {
  private static final int MAX_TEXT_LENGTH = 1000;

  /** What decoders put in the place of bytes that are none of their characters. */
  private static final char REPLACEMENT = '\ufffd';

  /** Columns by name. */
  private enum Column {
    KIND,
    VALUE,
    OPERATOR,
    OPERATOR_COUNTRY,
    SERVICE,
    PROTOCOLS,
    SHARING,
    TIER,
    CUSTOMER_LABEL,
    FIRST_SEEN,
    LAST_SEEN,
    VALID_UNTIL,
    SOURCES,
    NOTE;

    private final String label = name().toLowerCase(Locale.ROOT);
  }

  private final List<Column> order;

  private RuleColumns(List<Column> order) {
    this.order = order;
  }

  /** Reads the header line. */
  static RuleColumns ofHeader(String line) {
    List<Column> order =
        Arrays.stream(line.split("\t", -1))
            .map(label -> constant("column", label.strip(), Column.values(), c -> c.label))
            .toList();
    for (Column required : List.of(Column.KIND, Column.VALUE, Column.OPERATOR)) {
      if (!order.contains(required)) {
        throw new IllegalArgumentException(
            "the header line must name the columns kind, value and operator, separated by tabs");
      }
    }
    if (order.stream().distinct().count() != order.size()) {
      throw new IllegalArgumentException("the header line names a column twice");
    }
    return new RuleColumns(order);
  }

  /** Splits a line into fields. */
  Row row(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length > order.size()) {
      throw new IllegalArgumentException(
          "%d fields, but the header names %d columns".formatted(fields.length, order.size()));
    }
    Map<Column, String> row = new EnumMap<>(Column.class);
    for (int i = 0; i < fields.length; i++) {
      row.put(order.get(i), text(order.get(i).label, fields[i].strip()));
    }
    return new Row(row);
  }

  static String text(String what, String value) {
    if (value.indexOf(REPLACEMENT) >= 0) {
      throw new IllegalArgumentException(what + " has bytes that are not UTF-8");
    }
    if (value.length() > MAX_TEXT_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " has control characters or more than " + MAX_TEXT_LENGTH + " letters");
    }
    return value;
  }

  static LocalDate date(String what, String value) {
    try {
      return LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(what + " is no date like 2026-01-31: " + value, e);
    }
  }

  private static <T> T constant(
      String what, String label, T[] values, Function<T, String> labelOf) {
    for (T value : values) {
      if (labelOf.apply(value).equals(label)) {
        return value;
      }
    }
    List<String> known = Arrays.stream(values).map(labelOf).toList();
    throw new IllegalArgumentException(
        "unknown %s \"%s\", not one of %s".formatted(what, label, String.join(" ", known)));
  }

  /** The fields of one line. */
  static final class Row {
    private static final String REMOVAL = "-";

    private final Map<Column, String> fields;

    private Row(Map<Column, String> fields) {
      this.fields = fields;
    }

    private String field(Column column) {
      return fields.getOrDefault(column, "");
    }

    private String required(Column column) {
      String field = field(column);
      if (field.isEmpty()) {
        throw new IllegalArgumentException(column.label + " is missing");
      }
      return field;
    }

    RuleKey key() {
      MatchKind kind =
          constant("kind", required(Column.KIND), MatchKind.values(), MatchKind::label);
      return RuleKey.parse(kind, required(Column.VALUE));
    }

    /** Whether the line takes a rule away. */
    boolean isRemoval() {
      return field(Column.OPERATOR).equals(REMOVAL);
    }

    Endpoint endpoint(RuleKey key, String source) {
      return new Endpoint(
          key.kind(),
          key.value(),
          required(Column.OPERATOR),
          country(),
          field(Column.SERVICE),
          services(key.kind()),
          orDefault(Column.SHARING, Sharing.values(), Sharing::label, Sharing.DEDICATED),
          orDefault(Column.TIER, Tier.values(), Tier::label, Tier.CORE),
          customerLabel(key.kind()),
          date(Column.FIRST_SEEN),
          date(Column.LAST_SEEN),
          date(Column.VALID_UNTIL),
          field(Column.SOURCES),
          source);
    }

    private String country() {
      String country = field(Column.OPERATOR_COUNTRY);
      if (!country.isEmpty() && !country.matches("[A-Z]{2}")) {
        throw new IllegalArgumentException(
            "operator_country must be two capital letters (ISO 3166-1): " + country);
      }
      return country.isEmpty() ? EndpointList.UNKNOWN_COUNTRY : country;
    }

    private List<ServedPort> services(MatchKind kind) {
      TreeSet<ServedPort> services = new TreeSet<>();
      String field = field(Column.PROTOCOLS);
      if (field.isEmpty()) {
        field = kind.isName() ? "dot,doh,doq" : "do53,dot,doh,doq";
      }
      for (String service : field.split(",", -1)) {
        services.add(service(service.strip()));
      }
      return List.copyOf(services);
    }

    private static ServedPort service(String text) {
      int colon = text.indexOf(':');
      EndpointProtocol protocol =
          constant(
              "protocol",
              colon < 0 ? text : text.substring(0, colon),
              EndpointProtocol.values(),
              EndpointProtocol::label);
      int port =
          colon < 0
              ? protocol.defaultPort()
              : AddressText.decimal(text, colon + 1, text.length(), 65535);
      if (port < 1) {
        throw new IllegalArgumentException("the port must be 1 to 65535: " + text);
      }
      return new ServedPort(protocol, port);
    }

    private boolean customerLabel(MatchKind kind) {
      String field = field(Column.CUSTOMER_LABEL);
      return switch (field) {
        case "" -> kind == MatchKind.SUFFIX;
        case "yes" -> true;
        case "no" -> false;
        default -> throw new IllegalArgumentException("customer_label must be yes or no: " + field);
      };
    }

    private @Nullable LocalDate date(Column column) {
      String field = field(column);
      return field.isEmpty() ? null : RuleColumns.date(column.label, field);
    }

    private <T> T orDefault(Column column, T[] values, Function<T, String> labelOf, T ifEmpty) {
      String field = field(column);
      return field.isEmpty() ? ifEmpty : constant(column.label, field, values, labelOf);
    }
  }
}
