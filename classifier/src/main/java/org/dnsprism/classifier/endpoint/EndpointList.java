// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The known DNS resolvers: an immutable table from server names and addresses to rules, with the
 * operator of each. Look-ups allocate nothing and may run in any thread.
 *
 * <p>A list is built from layers. In a later layer a rule replaces the rule of the same kind and
 * value further down, and a removal takes it away.
 */
public final class EndpointList {
  /** Name of operator 0: a resolver of which nobody has said who runs it, or no rule at all. */
  public static final String UNKNOWN_OPERATOR = "unknown";

  /** Country of operators whose seat is not known, a code that ISO 3166-1 leaves to its users. */
  public static final String UNKNOWN_COUNTRY = "ZZ";

  private static final String RESOURCE = "endpoints.tsv";

  private final List<Endpoint> endpoints;
  private final NameTable names;
  private final AddressTable addresses;
  private final List<String> operators;
  private final List<String> operatorCountries;
  private final int[] operatorIndexes;
  private final String version;
  private final @Nullable LocalDate staleAfter;
  private final String digest;

  private EndpointList(List<ListLayer> layers) {
    Map<RuleKey, Endpoint> rules = new TreeMap<>();
    Map<String, String> countries = new HashMap<>();
    for (ListLayer layer : layers) {
      rules.keySet().removeAll(layer.removals());
      rules.putAll(layer.rules());
      countries.putAll(layer.countries());
    }
    endpoints = rules.values().stream().map(rule -> withCountry(rule, countries)).toList();
    names = new NameTable(endpoints);
    addresses = new AddressTable(endpoints);
    operators = operators(endpoints);
    operatorCountries =
        operators.stream().map(name -> countries.getOrDefault(name, UNKNOWN_COUNTRY)).toList();
    operatorIndexes = operatorIndexes(endpoints, operators);
    ListLayer base = layers.get(0);
    version = base.version() == null ? "" : base.version();
    staleAfter = base.staleAfter();
    digest = ListDigest.of(endpoints);
  }

  /** The list that comes with the product. */
  public static EndpointList bundled() {
    return Bundled.LIST;
  }

  /**
   * The bundled list with lists of the user on top, in order.
   *
   * @throws EndpointListException if one of them is broken
   */
  public static EndpointList bundledWith(List<EndpointSource> userLists)
      throws EndpointListException {
    return of(Bundled.LAYER, userLists);
  }

  /**
   * A list from the given sources alone, the first one at the bottom.
   *
   * @throws EndpointListException if one of them is broken
   * @throws IllegalArgumentException if there is no source
   */
  public static EndpointList parse(List<EndpointSource> sources) throws EndpointListException {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no source");
    }
    return of(ListReader.read(sources.get(0)), sources.subList(1, sources.size()));
  }

  private static EndpointList of(ListLayer base, List<EndpointSource> above)
      throws EndpointListException {
    List<ListLayer> layers = new ArrayList<>();
    layers.add(base);
    for (EndpointSource source : above) {
      layers.add(ListReader.read(source));
    }
    return new EndpointList(layers);
  }

  /**
   * Finds the rule for a server name: an exact one, else the one with the longest suffix.
   *
   * @param name lower-case ASCII without trailing dot
   * @return index for {@link #endpoint(int)}, or -1
   */
  public int findName(byte[] name, int offset, int length) {
    return names.find(name, offset, length);
  }

  /**
   * Finds the rule for a server address: its own, else the one with the longest prefix.
   *
   * @param high upper half of the IPv6 address, 0 for IPv4
   * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
   * @return index for {@link #endpoint(int)}, or -1
   */
  public int findAddress(long high, long low) {
    return addresses.find(high, low);
  }

  /**
   * The rule with an index from 0 to {@link #entries()} - 1, ordered by kind and value. Indexes of
   * two lists have nothing to do with each other.
   */
  public Endpoint endpoint(int index) {
    return endpoints.get(index);
  }

  /** How many rules there are. */
  public int entries() {
    return endpoints.size();
  }

  /** How many operators there are, the unknown one included. */
  public int operatorCount() {
    return operators.size();
  }

  /** Operator of a rule, or 0 for the index -1 of no rule. */
  public int operatorIndex(int endpointIndex) {
    return endpointIndex < 0 ? 0 : operatorIndexes[endpointIndex];
  }

  /** Name of an operator; that of 0 is {@link #UNKNOWN_OPERATOR}. */
  public String operator(int operatorIndex) {
    return operators.get(operatorIndex);
  }

  /** Seat of an operator, ISO 3166-1 alpha-2, or {@link #UNKNOWN_COUNTRY}. */
  public String operatorCountry(int operatorIndex) {
    return operatorCountries.get(operatorIndex);
  }

  /** Version of the lowest layer; empty if it has none. */
  public String version() {
    return version;
  }

  /** Day from which the lowest layer calls itself too old, if it does. */
  public @Nullable LocalDate staleAfter() {
    return staleAfter;
  }

  /**
   * Fingerprint of all rules, user rules included: 16 hexadecimal digits of a SHA-256. It does not
   * depend on file names, on the order of lines or on spelling that means the same.
   */
  public String digest() {
    return digest;
  }

  /** Date of the newest public source of any rule; 1970-01-01 if no rule has a date. */
  public LocalDate newestSource() {
    LocalDate newest = LocalDate.EPOCH;
    for (Endpoint endpoint : endpoints) {
      LocalDate seen = endpoint.lastSeen();
      newest = seen != null && seen.isAfter(newest) ? seen : newest;
    }
    return newest;
  }

  private static Endpoint withCountry(Endpoint rule, Map<String, String> countries) {
    String country = countries.getOrDefault(rule.operator(), UNKNOWN_COUNTRY);
    return country.equals(rule.operatorCountry()) ? rule : rule.withOperatorCountry(country);
  }

  private static List<String> operators(List<Endpoint> endpoints) {
    TreeSet<String> known = new TreeSet<>();
    endpoints.forEach(endpoint -> known.add(endpoint.operator()));
    known.remove(UNKNOWN_OPERATOR);
    List<String> operators = new ArrayList<>();
    operators.add(UNKNOWN_OPERATOR);
    operators.addAll(known);
    return List.copyOf(operators);
  }

  private static int[] operatorIndexes(List<Endpoint> endpoints, List<String> operators) {
    Map<String, Integer> indexes = new HashMap<>();
    operators.forEach(operator -> indexes.put(operator, indexes.size()));
    return endpoints.stream().mapToInt(e -> indexes.getOrDefault(e.operator(), 0)).toArray();
  }

  /** The bundled list, read when it is first asked for. */
  private static final class Bundled {
    private static final ListLayer LAYER = read();
    private static final EndpointList LIST = new EndpointList(List.of(LAYER));

    private static ListLayer read() {
      try (InputStream resource = EndpointList.class.getResourceAsStream(RESOURCE)) {
        if (resource == null) {
          throw new IllegalStateException(RESOURCE + " is not on the class path");
        }
        Reader reader = new InputStreamReader(resource, StandardCharsets.UTF_8);
        return ListReader.read(new EndpointSource(RESOURCE, reader));
      } catch (IOException | EndpointListException e) {
        throw new IllegalStateException("the bundled endpoint list is broken", e);
      }
    }
  }
}
