// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.Comparator;
import org.dnsprism.classifier.endpoint.EndpointProtocol;

/**
 * A server port that was learned to take DNS. Addresses are IPv6 addresses as two halves, IPv4
 * v4-mapped: 0 and {@code 0x0000ffffAABBCCDD}. Times are nanoseconds since 1970.
 *
 * @param high upper half of the address
 * @param low lower half
 * @param port TCP or UDP port, 1 to 65535
 * @param protocols set of {@link EndpointProtocol} ordinals as bits
 * @param source how it was learned
 * @param weak whether the source can be wrong in ways that were not ruled out
 * @param nameOnly whether it says something only of flows that show {@code name}
 * @param name the name that was asked for, or the target that a service binding gives; empty if
 *     there is none
 * @param listedName the name that the endpoint list has for it; empty if it has none
 * @param resolverHigh upper half of the address of the resolver that answered
 * @param resolverLow lower half
 * @param timeNanos when it was seen
 * @param expiryNanos when it is to be forgotten
 * @param clientMagic first eight bytes of DNSCrypt queries to the server; 0 when there are none
 */
public record LearnedEndpoint(
    long high,
    long low,
    int port,
    int protocols,
    LearnedSource source,
    boolean weak,
    boolean nameOnly,
    String name,
    String listedName,
    long resolverHigh,
    long resolverLow,
    long timeNanos,
    long expiryNanos,
    long clientMagic) {

  /** A statement of anything but DNSCrypt. */
  LearnedEndpoint(
      long high,
      long low,
      int port,
      int protocols,
      LearnedSource source,
      boolean weak,
      boolean nameOnly,
      String name,
      String listedName,
      long resolverHigh,
      long resolverLow,
      long timeNanos,
      long expiryNanos) {
    this(
        high,
        low,
        port,
        protocols,
        source,
        weak,
        nameOnly,
        name,
        listedName,
        resolverHigh,
        resolverLow,
        timeNanos,
        expiryNanos,
        0);
  }

  /** By server, then by what was said of it; of equal statements the latest first. */
  static final Comparator<LearnedEndpoint> ORDER =
      Comparator.comparingLong(LearnedEndpoint::high)
          .thenComparingLong(LearnedEndpoint::low)
          .thenComparingInt(LearnedEndpoint::port)
          .thenComparing(LearnedEndpoint::source)
          .thenComparing(LearnedEndpoint::name)
          .thenComparing(LearnedEndpoint::listedName)
          .thenComparingLong(LearnedEndpoint::clientMagic)
          .thenComparing(Comparator.comparingLong(LearnedEndpoint::timeNanos).reversed())
          .thenComparing(Comparator.comparingLong(LearnedEndpoint::expiryNanos).reversed())
          .thenComparing(LearnedEndpoint::weak)
          .thenComparing(LearnedEndpoint::nameOnly)
          .thenComparingInt(LearnedEndpoint::protocols)
          .thenComparingLong(LearnedEndpoint::resolverHigh)
          .thenComparingLong(LearnedEndpoint::resolverLow);

  /** The bit of a protocol in {@link #protocols()}. */
  public static int bit(EndpointProtocol protocol) {
    return 1 << protocol.ordinal();
  }

  /** What is said of a server, whenever it is said. */
  record Statement(
      long high,
      long low,
      int port,
      LearnedSource source,
      String name,
      String listed,
      long clientMagic) {}

  Statement statement() {
    return new Statement(high, low, port, source, name, listedName, clientMagic);
  }

  /** Whether both say the same of the same server. */
  boolean sameStatement(LearnedEndpoint other) {
    return statement().equals(other.statement());
  }

  boolean sameServer(LearnedEndpoint other) {
    return high == other.high && low == other.low && port == other.port;
  }

  /** Whether flows with its name are meant too: a resolver may not speak of others' names. */
  boolean tellsName() {
    boolean own = high == resolverHigh && low == resolverLow;
    return source.namesTarget() && (source != LearnedSource.DESIGNATION || own);
  }

  boolean listed() {
    return !listedName.isEmpty();
  }
}
