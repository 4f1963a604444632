// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the endpoint list: a name or address and the resolver behind it.
 *
 * @param kind how {@code value} is compared
 * @param value name as A-labels in lower case, address or CIDR network in canonical text. It is the
 *     only thing that may be printed of a match when {@code customerLabel} is set
 * @param operator who runs the resolver, {@link EndpointList#UNKNOWN_OPERATOR} if nobody knows
 * @param operatorCountry seat of the operator, ISO 3166-1 alpha-2, or {@link
 *     EndpointList#UNKNOWN_COUNTRY}; not the place of the server
 * @param service the operator's name for this variant, such as a filter level; empty if none
 * @param services protocols with ports, sorted; never empty
 * @param sharing what else the name or address serves
 * @param tier how well the rule is attested
 * @param customerLabel whether what a match hides behind {@code value} (the labels in front of a
 *     suffix, the host part of a prefix) can identify a customer
 * @param firstSeen oldest source that has the rule, if known
 * @param lastSeen newest source that has the rule, if known
 * @param validUntil day on which the service ended, null while it runs; ended services are kept
 *     because old captures still show them
 * @param provenance identifiers of the public sources that have the rule; empty for user rules
 *     without any
 * @param source name of the list file that the rule was read from
 */
public record Endpoint(
    MatchKind kind,
    String value,
    String operator,
    String operatorCountry,
    String service,
    List<ServedPort> services,
    Sharing sharing,
    Tier tier,
    boolean customerLabel,
    @Nullable LocalDate firstSeen,
    @Nullable LocalDate lastSeen,
    @Nullable LocalDate validUntil,
    String provenance,
    String source) {
  /** Copies the services, so that the rule cannot change. */
  public Endpoint {
    services = List.copyOf(services);
  }

  /**
   * Whether the resolver takes a protocol on a port. An HTTPS resource does not bind the HTTP
   * version, so that a DoH rule also serves {@link EndpointProtocol#DOH3} on the same port.
   */
  public boolean serves(EndpointProtocol protocol, int port) {
    for (int i = 0; i < services.size(); i++) {
      ServedPort service = services.get(i);
      if (service.port() == port && covers(service.protocol(), protocol)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the resolver takes a protocol on any port; DoH rules serve DoH3 too. */
  public boolean serves(EndpointProtocol protocol) {
    for (int i = 0; i < services.size(); i++) {
      if (covers(services.get(i).protocol(), protocol)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What may be told of a name or address that matches this rule: itself, or the rule's value where
   * the rest can identify a customer, with {@code *.} in front if it is a name.
   */
  public String mask(String matched) {
    if (!customerLabel || matched.equals(value)) {
      return matched;
    }
    return kind.isName() ? "*." + value : value;
  }

  Endpoint withOperatorCountry(String country) {
    return with(country, lastSeen);
  }

  Endpoint withLastSeen(@Nullable LocalDate day) {
    return with(operatorCountry, day);
  }

  private Endpoint with(String country, @Nullable LocalDate seen) {
    return new Endpoint(
        kind,
        value,
        operator,
        country,
        service,
        services,
        sharing,
        tier,
        customerLabel,
        firstSeen,
        seen,
        validUntil,
        provenance,
        source);
  }

  private static boolean covers(EndpointProtocol served, EndpointProtocol asked) {
    return served == asked
        || (served == EndpointProtocol.DOH && asked == EndpointProtocol.DOH3)
        || (served == EndpointProtocol.DOH3 && asked == EndpointProtocol.DOH);
  }
}
