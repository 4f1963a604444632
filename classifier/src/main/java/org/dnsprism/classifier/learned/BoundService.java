// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.ServiceRecord;
import org.dnsprism.classifier.dns.WireName;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.dnsprism.classifier.endpoint.Sharing;
import org.dnsprism.classifier.endpoint.SpecialAddresses;
import org.dnsprism.classifier.tls.AlpnProtocol;

/** What one service binding says of resolvers, and how far it is believed. Reused. */
final class BoundService {
  private static final int DOT = LearnedEndpoint.bit(EndpointProtocol.DOT);
  private static final int DOQ = LearnedEndpoint.bit(EndpointProtocol.DOQ);
  private static final int DOH = LearnedEndpoint.bit(EndpointProtocol.DOH);
  private static final int DOH3 = LearnedEndpoint.bit(EndpointProtocol.DOH3);
  private static final int DNS_PORT = 853;
  private static final int HTTPS_PORT = 443;
  private static final long MAPPED = 0xffffL << 32;
  private static final int MAX_ALPN_BYTES = 255;

  private final EndpointList endpoints;
  private final LearnedNotes notes;
  private final ListedServer listedServer;
  private final WireName origin = new WireName();
  private final WireName target = new WireName();
  private final byte[] alpn = new byte[MAX_ALPN_BYTES];
  private Answer answer = new Answer();
  private boolean designation;
  private int rule;
  private int onDnsPort;
  private int onHttpsPort;
  private int port;

  BoundService(EndpointList endpoints, LearnedNotes notes) {
    this.endpoints = endpoints;
    this.notes = notes;
    listedServer = new ListedServer(endpoints, notes);
  }

  /**
   * Begins an answer.
   *
   * @param name that the bindings are of
   * @param from where the name of the service begins in it
   * @param isDesignation whether a resolver speaks of itself (RFC 9462)
   */
  void begin(Answer of, WireName name, int from, boolean isDesignation) {
    answer = of;
    designation = isDesignation;
    origin.setEnd(name, from);
    rule = isDesignation ? -1 : endpoints.findName(origin.bytes(), 0, origin.length());
  }

  /** Reads which protocols a binding offers on which port; false when it teaches nothing. */
  boolean services(Answer of, ServiceRecord service, boolean https) {
    target.set(service.target().length() == 0 ? origin : service.target());
    int protocols = protocols(of.buffer, service);
    if (https) {
      protocols |= service.alpnLength() == 0 ? DOH : 0; // HTTP/1.1 is the default of HTTPS
      protocols &= DOH | DOH3;
    }
    port = service.port();
    onDnsPort = protocols & (DOT | DOQ);
    onHttpsPort = protocols & (DOH | DOH3);
    if (protocols == 0) {
      return false;
    }
    if (!target.plain() || !ofOrigin()) {
      notes.refuse(Refusal.OUT_OF_BAILIWICK);
      return false;
    }
    if (rule < 0 && !designation && !resolverListed()) {
      notes.refuse(Refusal.UNLISTED_RESOLVER);
      return false;
    }
    return rule < 0 || endpoints.endpoint(rule).sharing() != Sharing.SHARED;
  }

  /** RFC 9461, section 4: over HTTP there must be a path. */
  private int protocols(ByteBuf buffer, ServiceRecord service) {
    int protocols = 0;
    int at = service.alpnOffset();
    int end = at + service.alpnLength();
    while (at < end) {
      int length = buffer.getUnsignedByte(at);
      buffer.getBytes(at + 1, alpn, 0, length);
      protocols |=
          switch (AlpnProtocol.of(alpn, 0, length)) {
            case DOT -> DOT;
            case DOQ -> DOQ;
            case H2, HTTP1 -> service.dohPath() ? DOH : 0;
            case H3 -> service.dohPath() ? DOH3 : 0;
            case FOREIGN -> 0;
          };
      at += 1 + length;
    }
    return protocols;
  }

  /** Anybody can run a resolver that makes up answers for names of others. */
  private boolean resolverListed() {
    return endpoints.findAddress(answer.resolverHigh, answer.resolverLow) >= 0;
  }

  /** Whether the owner of the record may speak for the target. */
  private boolean ofOrigin() {
    if (designation || target.within(origin, 0)) {
      return true;
    }
    if (rule >= 0 && Answer.sameSite(origin, target)) {
      return true;
    }
    int at = endpoints.findName(target.bytes(), 0, target.length());
    int operator = endpoints.operatorIndex(at);
    return rule >= 0 && operator != 0 && operator == endpoints.operatorIndex(rule);
  }

  void ipv4(ByteBuf buffer, int at) {
    address(0, MAPPED | buffer.getUnsignedInt(at));
  }

  void ipv6(ByteBuf buffer, int at) {
    address(buffer.getLong(at), buffer.getLong(at + 8));
  }

  private void address(long high, long low) {
    boolean self = high == answer.resolverHigh && low == answer.resolverLow;
    if (rule >= 0) {
      server(high, low, false);
    } else if (designation && self) {
      server(high, low, false);
    } else if (special(high, low)) {
      notes.refuse(Refusal.SPECIAL_ADDRESS);
    } else if (endpoints.findAddress(high, low) >= 0) {
      notes.refuse(Refusal.OTHER_OPERATOR);
    } else {
      server(high, low, true);
    }
  }

  /** A private resolver can designate no one but itself (RFC 9462, section 4.3). */
  private boolean special(long high, long low) {
    return SpecialAddresses.contain(high, low)
        || (designation && SpecialAddresses.contain(answer.resolverHigh, answer.resolverLow));
  }

  /**
   * Ends a binding.
   *
   * @param addresses that it gave; with none, a resolver is taken to speak of its own address
   */
  void end(int addresses) {
    if (addresses == 0 && designation) {
      server(answer.resolverHigh, answer.resolverLow, true);
    }
  }

  private void server(long high, long low, boolean weak) {
    if (port != 0) {
      note(high, low, port, onDnsPort | onHttpsPort, weak);
    } else {
      note(high, low, DNS_PORT, onDnsPort, weak);
      note(high, low, HTTPS_PORT, onHttpsPort, weak);
    }
  }

  private void note(long high, long low, int onPort, int protocols, boolean weak) {
    if (protocols == 0) {
      return;
    }
    if (rule >= 0) {
      boolean uncertain = AddressAnswers.uncertain(endpoints.endpoint(rule));
      listedServer.learn(answer, high, low, onPort, protocols, rule, uncertain);
      return;
    }
    int at = endpoints.findAddress(high, low);
    int wanted =
        at < 0 ? protocols : protocols & ~ListedServer.served(endpoints.endpoint(at), onPort);
    LearnedSource source = designation ? LearnedSource.DESIGNATION : LearnedSource.SERVICE;
    long identity = Mix.of(Mix.of(Mix.of(high, low), onPort), target.bytes(), target.length());
    if (wanted != 0 && notes.isNew(Mix.of(Mix.of(identity, wanted), source.ordinal()))) {
      notes.add(
          new LearnedEndpoint(
              high,
              low,
              onPort,
              wanted,
              source,
              weak,
              !designation,
              target.text(0),
              "",
              answer.resolverHigh,
              answer.resolverLow,
              answer.timeNanos,
              answer.expiryNanos));
    }
  }
}
