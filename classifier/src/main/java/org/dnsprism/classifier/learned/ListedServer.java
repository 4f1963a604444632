// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.List;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.dnsprism.classifier.endpoint.ServedPort;
import org.dnsprism.classifier.endpoint.SpecialAddresses;

/** Notes that an address belongs to a resolver of the endpoint list, if nothing speaks against. */
final class ListedServer {
  private static final long MAPPED = 0xffffL << 32;

  private final EndpointList endpoints;
  private final LearnedNotes notes;

  ListedServer(EndpointList endpoints, LearnedNotes notes) {
    this.endpoints = endpoints;
    this.notes = notes;
  }

  /** Notes the address with the protocols and ports of the rule. */
  void learn(Answer answer, long high, long low, int rule, boolean weak) {
    if (!acceptable(high, low, rule)) {
      return;
    }
    List<ServedPort> services = endpoints.endpoint(rule).services();
    for (int i = 0; i < services.size(); i++) {
      int port = services.get(i).port();
      int protocols = 0;
      boolean first = true;
      for (int j = 0; j < services.size(); j++) {
        if (services.get(j).port() == port) {
          first &= j >= i;
          protocols |= bits(services.get(j).protocol());
        }
      }
      if (first) {
        note(answer, high, low, port, protocols, rule, weak, LearnedSource.ANSWER);
      }
    }
  }

  /** Notes the address with protocols and a port that a service binding gave. */
  void learn(Answer answer, long high, long low, int port, int protocols, int rule, boolean weak) {
    if (acceptable(high, low, rule)) {
      note(answer, high, low, port, protocols, rule, weak, LearnedSource.LISTED_SERVICE);
    }
  }

  private boolean acceptable(long high, long low, int rule) {
    if (SpecialAddresses.contain(high, low)) {
      notes.refuse(Refusal.SPECIAL_ADDRESS);
      return false;
    }
    boolean translated = SpecialAddresses.translated(high, low);
    int at = translated ? endpoints.findAddress(0, MAPPED | low) : endpoints.findAddress(high, low);
    int operator = endpoints.operatorIndex(at);
    if (operator != 0 && operator != endpoints.operatorIndex(rule)) {
      notes.refuse(Refusal.OTHER_OPERATOR);
      return false;
    }
    return true;
  }

  /** What the list says of the address need not be learned. */
  private void note(
      Answer answer,
      long high,
      long low,
      int port,
      int protocols,
      int rule,
      boolean weak,
      LearnedSource source) {
    int wanted = protocols & ~served(high, low, port);
    long identity = Mix.of(Mix.of(Mix.of(high, low), port), (long) rule << 8 | source.ordinal());
    if (wanted == 0 || !notes.isNew(identity)) {
      return;
    }
    Endpoint listed = endpoints.endpoint(rule);
    notes.add(
        new LearnedEndpoint(
            high,
            low,
            port,
            wanted,
            source,
            weak,
            false,
            listed.value(),
            listed.value(),
            answer.resolverHigh,
            answer.resolverLow,
            answer.timeNanos,
            answer.expiryNanos));
  }

  private int served(long high, long low, int port) {
    int at = endpoints.findAddress(high, low);
    return at < 0 ? 0 : served(endpoints.endpoint(at), port);
  }

  /** The protocols of a rule on a port. */
  static int served(Endpoint endpoint, int port) {
    int protocols = 0;
    for (int i = 0; i < endpoint.services().size(); i++) {
      ServedPort service = endpoint.services().get(i);
      protocols |= service.port() == port ? bits(service.protocol()) : 0;
    }
    return protocols;
  }

  /** DoH over one version of HTTP may be DoH over another, as {@link Endpoint#serves} says. */
  private static int bits(EndpointProtocol protocol) {
    int doh =
        LearnedEndpoint.bit(EndpointProtocol.DOH) | LearnedEndpoint.bit(EndpointProtocol.DOH3);
    boolean http = protocol == EndpointProtocol.DOH || protocol == EndpointProtocol.DOH3;
    return http ? doh : LearnedEndpoint.bit(protocol);
  }
}
