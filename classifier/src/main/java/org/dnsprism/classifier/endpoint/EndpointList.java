// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  private static final long NANOS_PER_DAY = TimeUnit.DAYS.toNanos(1);

  private final List<Endpoint> endpoints;
  private final int[] freshUntilDays;
  private final Map<String, String> seats;
  private final NameTable names;
  private final AddressTable addresses;
  private final Operators operators;
  private final int[] operatorNumbers;
  private final String version;
  private final @Nullable LocalDate staleAfter;
  private final String digest;

  private EndpointList(ListLayer base, ListMerge merged) {
    endpoints = merged.endpoints();
    freshUntilDays = merged.freshUntilDays();
    seats = merged.countries();
    names = new NameTable(endpoints);
    addresses = new AddressTable(endpoints);
    operators = new Operators(endpoints, seats, null);
    operatorNumbers = operators.numbers(endpoints);
    version = base.version() == null ? "" : base.version();
    staleAfter = base.staleAfter();
    digest = ListDigest.of(endpoints);
  }

  private EndpointList(EndpointList list, EndpointList before) {
    endpoints = list.endpoints;
    freshUntilDays = list.freshUntilDays;
    seats = list.seats;
    names = list.names;
    addresses = list.addresses;
    operators = new Operators(endpoints, seats, before.operators);
    operatorNumbers = operators.numbers(endpoints);
    version = list.version;
    staleAfter = list.staleAfter;
    digest = list.digest;
  }

  /** The list that comes with the product. */
  public static EndpointList bundled() {
    return Bundled.LIST;
  }

  /**
   * The bundled list with lists of the user on top, in order.
   *
   * @throws EndpointListException if any of them is broken
   */
  public static EndpointList bundledWith(List<EndpointSource> userLists)
      throws EndpointListException {
    return bundledWith(null, userLists);
  }

  /**
   * The bundled list with an overlay and lists of the user on top, in order. The overlay adds
   * rules; of a rule that the bundled list has it renews the date and nothing else.
   *
   * @throws EndpointListException if any of them is broken
   */
  public static EndpointList bundledWith(
      @Nullable EndpointSource overlay, List<EndpointSource> userLists)
      throws EndpointListException {
    List<EndpointSource> sources = new ArrayList<>(userLists);
    if (overlay != null) {
      sources.add(0, overlay);
    }
    List<ListLayer> layers = ListReader.readAll(sources);
    ListMerge merged = new ListMerge().add(Bundled.LAYER);
    for (int i = 0; i < layers.size(); i++) {
      if (i == 0 && overlay != null) {
        merged.refresh(layers.get(i));
      } else {
        merged.add(layers.get(i));
      }
    }
    return new EndpointList(Bundled.LAYER, merged);
  }

  /**
   * A list from the given sources alone, the first one at the bottom.
   *
   * @throws EndpointListException if any of them is broken
   * @throws IllegalArgumentException if there is no source
   */
  public static EndpointList parse(List<EndpointSource> sources) throws EndpointListException {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no source");
    }
    List<ListLayer> layers = ListReader.readAll(sources);
    ListMerge merged = new ListMerge();
    layers.forEach(merged::add);
    return new EndpointList(layers.get(0), merged);
  }

  /**
   * This list for use in place of another: the operators of the other keep their numbers, others
   * come after them. Rules have new indexes.
   */
  public EndpointList after(EndpointList before) {
    return new EndpointList(this, before);
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
   * The network that may be told of in place of a server address, where the address itself can
   * identify a customer ({@link Endpoint#customerLabel}).
   *
   * @param high upper half of the IPv6 address, 0 for IPv4
   * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
   * @return null where the address may be told
   */
  public @Nullable AddressBlock customerNetwork(long high, long low) {
    int index = addresses.find(high, low);
    if (index < 0 || !endpoints.get(index).customerLabel()) {
      return null;
    }
    Endpoint rule = endpoints.get(index);
    return rule.kind() == MatchKind.PREFIX ? AddressBlock.parsePrefix(rule.value()) : null;
  }

  /**
   * A server name as it may be told: where its labels in front of a rule's name can identify a
   * customer, {@code *.} and the rule's name. Null where no rule matches and the server's address
   * can identify a customer, or the name is too long to be one.
   *
   * @param name lower-case ASCII without trailing dot
   */
  public @Nullable String tellableName(String name, long addressHigh, long addressLow) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int index = names.find(bytes, 0, bytes.length);
    if (index < 0) {
      boolean whole = bytes.length <= NameTable.MAX_NAME_LENGTH;
      return whole && customerNetwork(addressHigh, addressLow) == null ? name : null;
    }
    return endpoints.get(index).mask(name);
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

  /**
   * Whether a rule was no longer to be trusted at a time: its list calls itself too old by then, or
   * the service had ended.
   *
   * @param index of the rule
   * @param timeNanos nanoseconds since 1970
   */
  public boolean stale(int index, long timeNanos) {
    return Math.floorDiv(timeNanos, NANOS_PER_DAY) > freshUntilDays[index];
  }

  /** How many operators there are, the unknown one included. */
  public int operatorCount() {
    return operators.count();
  }

  /** Operator of a rule, or 0 for the index -1 of no rule. */
  public int operatorIndex(int endpointIndex) {
    return endpointIndex < 0 ? 0 : operatorNumbers[endpointIndex];
  }

  /** Name of an operator; that of 0 is {@link #UNKNOWN_OPERATOR}. */
  public String operator(int operatorIndex) {
    return operators.name(operatorIndex);
  }

  /** Seat of an operator, ISO 3166-1 alpha-2, or {@link #UNKNOWN_COUNTRY}. */
  public String operatorCountry(int operatorIndex) {
    return operators.country(operatorIndex);
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

  /** The bundled list, read when it is first asked for. */
  private static final class Bundled {
    private static final ListLayer LAYER = read();
    private static final EndpointList LIST = new EndpointList(LAYER, new ListMerge().add(LAYER));

    private static ListLayer read() {
      try (InputStream resource = EndpointList.class.getResourceAsStream(RESOURCE)) {
        if (resource == null) {
          throw new IllegalStateException(RESOURCE + " is not on the class path");
        }
        Reader reader = new InputStreamReader(resource, StandardCharsets.UTF_8);
        return ListReader.readAll(List.of(new EndpointSource(RESOURCE, reader))).get(0);
      } catch (IOException | EndpointListException e) {
        throw new IllegalStateException("the bundled endpoint list is broken", e);
      }
    }
  }
}
