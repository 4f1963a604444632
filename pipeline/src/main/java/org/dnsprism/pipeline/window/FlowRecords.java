// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.endpoint.EchPublicNames;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.EndReason;
import org.dnsprism.classifier.flow.FlowView;
import org.dnsprism.classifier.learned.LearnedEndpoint;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.verdict.Rule;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.Tunnel;
import org.dnsprism.pipeline.record.AddressText;
import org.dnsprism.pipeline.record.ClientPrivacy;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.record.FlowRecord.EvidenceItem;
import org.dnsprism.pipeline.record.Times;
import org.jspecify.annotations.Nullable;

/** Makes the record of a flow that ended, as far as privacy lets it be told. */
public final class FlowRecords {
  private static final String FROM_PACKETS = "packets";
  private static final String PUBLIC_NAMES_SOURCE =
      "ECH public names " + EchPublicNames.bundled().version();

  private final EndpointList endpoints;
  private final ClientPrivacy.Mode mode;
  private final ThreadLocal<ClientPrivacy> privacy;
  private final String listSource;

  /**
   * Makes a maker, which several threads may use.
   *
   * @param endpoints names rules and operators
   * @param mode how clients are told of
   * @param key for pseudonyms
   */
  public FlowRecords(EndpointList endpoints, ClientPrivacy.Mode mode, byte[] key) {
    this(endpoints, mode, ThreadLocal.withInitial(() -> new ClientPrivacy(mode, key)));
  }

  private FlowRecords(
      EndpointList endpoints, ClientPrivacy.Mode mode, ThreadLocal<ClientPrivacy> privacy) {
    this.endpoints = endpoints;
    this.mode = mode;
    this.privacy = privacy;
    listSource = "endpoint list " + endpoints.version();
  }

  /** A maker that names rules by another list, and clients as this one does. */
  FlowRecords with(EndpointList list) {
    return new FlowRecords(list, mode, privacy);
  }

  FlowRecord of(FlowView flow, EndReason reason, boolean ownResolver) {
    Endpoint rule = flow.endpoint() < 0 ? null : endpoints.endpoint(flow.endpoint());
    boolean countable = countable(flow.transport());
    boolean estimated = flow.queriesEstimated();
    boolean hello = flow.clientHelloSeen();
    return new FlowRecord(
        Times.text(flow.startNanos()),
        Times.text(flow.endNanos()),
        reason.label(),
        privacy.get().text(flow.clientHigh(), flow.clientLow()),
        flow.clientPort(),
        server(flow),
        flow.serverPort(),
        flow.ipVersion(),
        flow.protocol() == Packet.UDP ? "udp" : "tcp",
        vlans(flow),
        flow.tunnel() == Tunnel.NONE ? null : flow.tunnel().label(),
        flow.transport().label(),
        flow.confidence().label(),
        evidence(flow, rule),
        rule == null ? null : rule.operator(),
        rule == null ? null : rule.operatorCountry(),
        rule == null ? null : rule.value(),
        serverName(flow),
        alpn(flow),
        tlsVersion(flow.tlsVersion()),
        hello ? flow.ech().label() : null,
        hello ? flow.postQuantum() : null,
        told(flow) ? flow.ja4() : null,
        QuicVersions.text(flow.quicVersion()),
        flow.clientPackets(),
        flow.serverPackets(),
        flow.clientBytes(),
        flow.serverBytes(),
        countable || estimated ? flow.queries() : null,
        estimated ? true : null,
        estimated ? flow.queriesLow() : null,
        estimated ? flow.queriesHigh() : null,
        countable ? flow.responses() : null,
        flow.transport() == Transport.DO53_TCP ? flow.tcpRetries() : null,
        micros(flow.handshakeNanos()),
        micros(flow.tlsNanos()),
        flow.joinedMidstream(),
        flow.oneWay());
  }

  /** Whether the messages of a transport can be counted on the wire, if not always read. */
  static boolean countable(Transport transport) {
    return switch (transport) {
      case DO53_UDP, DO53_TCP, MDNS, LLMNR, DNSCRYPT -> true;
      default -> false;
    };
  }

  private static @Nullable List<Integer> vlans(FlowView flow) {
    if (flow.vlanCount() == 0) {
      return null;
    }
    List<Integer> vlans = new ArrayList<>();
    for (int i = 0; i < flow.vlanCount(); i++) {
      vlans.add(flow.vlan(i));
    }
    return vlans;
  }

  private List<EvidenceItem> evidence(FlowView flow, @Nullable Endpoint rule) {
    List<EvidenceItem> items = new ArrayList<>();
    for (Evidence kind : Rule.kinds(flow.evidence())) {
      items.add(new EvidenceItem(kind.label(), value(kind, flow, rule), source(kind, flow)));
    }
    return items;
  }

  private String source(Evidence kind, FlowView flow) {
    return switch (kind) {
      case SNI_LISTED, SNI_SHARED, SNI_TAIL, LIST_STALE -> listSource;
      case CERTIFICATE_LISTED, CERTIFICATE_SHARED, CERTIFICATE_TAIL -> listSource;
      case ADDRESS_LISTED, ADDRESS_SHARED, ADDRESS_TAIL, PORT_DOT_LISTED -> listSource;
      case ECH_OFFERED -> isPublicName(flow.sni()) ? PUBLIC_NAMES_SOURCE : FROM_PACKETS;
      case ADDRESS_LEARNED, SNI_LEARNED, LEARNED_DOT, LEARNED_WEAK, DNSCRYPT_MAGIC ->
          lesson(flow.learned());
      default -> FROM_PACKETS;
    };
  }

  /**
   * Where a learned fact comes from: when it was said, by a resolver in which network, of which
   * name. A resolver's own address could be a customer's.
   */
  private String lesson(@Nullable LearnedEndpoint learned) {
    if (learned == null) {
      return FROM_PACKETS;
    }
    String at = " at " + Times.text(learned.timeNanos());
    String by = " by " + ClientPrivacy.prefix(learned.resolverHigh(), learned.resolverLow());
    String name = endpoints.tellableName(learned.name(), learned.high(), learned.low());
    String of = name == null || name.isEmpty() ? "" : " for " + name;
    return switch (learned.source()) {
      case ANSWER -> "learned from answer" + at + by + of;
      case LISTED_SERVICE, SERVICE -> "learned from service binding" + at + by + of;
      case DESIGNATION -> "learned from DDR answer" + at + by + of;
      case CERTIFICATE -> "learned from DNSCrypt certificate" + at + by + of;
      case FORWARDED -> "learned from forwarded request" + at;
    };
  }

  private static boolean isPublicName(@Nullable String name) {
    if (name == null) {
      return false;
    }
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return EchPublicNames.bundled().contains(bytes, 0, bytes.length);
  }

  private @Nullable String value(Evidence kind, FlowView flow, @Nullable Endpoint rule) {
    return switch (kind) {
      case SNI, ECH_OFFERED -> serverName(flow);
      case SNI_LISTED, SNI_SHARED, SNI_TAIL, LIST_STALE -> rule == null ? null : rule.value();
      case CERTIFICATE_LISTED, CERTIFICATE_SHARED, CERTIFICATE_TAIL, PORT_DOT_LISTED ->
          rule == null ? null : rule.value();
      case SNI_LEARNED -> serverName(flow);
      case ADDRESS_LISTED, ADDRESS_SHARED, ADDRESS_TAIL, ADDRESS_LEARNED -> server(flow);
      case QUIC, GQUIC -> QuicVersions.text(flow.quicVersion());
      case ALPN_DOT, ALPN_DOQ, ALPN_H2, ALPN_H3, ALPN_HTTP1, ALPN_FOREIGN -> flow.alpn();
      case BEHAVES_LIKE_DNS -> flow.suspicion();
      case DNSCRYPT_RELAY -> relayed(flow);
      default -> null;
    };
  }

  /** The resolver behind a relay, if it is a listed one: others could be a client's own. */
  private @Nullable String relayed(FlowView flow) {
    boolean listed = endpoints.findAddress(flow.relayedHigh(), flow.relayedLow()) >= 0;
    return listed ? server(flow.relayedHigh(), flow.relayedLow()) : null;
  }

  private String server(FlowView flow) {
    return server(flow.serverHigh(), flow.serverLow());
  }

  /** A server's address, or its network where the address tells the customer. */
  private String server(long high, long low) {
    AddressBlock network = endpoints.customerNetwork(high, low);
    return network == null ? AddressText.of(high, low) : network.text();
  }

  /** The server's name without its customer's label; the names of other sites only if asked for. */
  private @Nullable String serverName(FlowView flow) {
    String name = flow.sni();
    return name == null || !told(flow)
        ? null
        : endpoints.tellableName(name, flow.serverHigh(), flow.serverLow());
  }

  /** What tells of a client or a site is told of DNS flows only, unless asked for. */
  private boolean told(FlowView flow) {
    return flow.transport() != Transport.OTHER || mode == ClientPrivacy.Mode.FULL;
  }

  private static @Nullable List<String> alpn(FlowView flow) {
    String names = flow.alpn();
    return names == null ? null : List.of(names.split(","));
  }

  private static @Nullable String tlsVersion(int version) {
    return switch (version) {
      case 0 -> null;
      case 0x0300 -> "ssl3";
      case 0x0301 -> "1.0";
      case 0x0302 -> "1.1";
      case 0x0303 -> "1.2";
      case 0x0304 -> "1.3";
      default -> "0x%04x".formatted(version);
    };
  }

  private static @Nullable Long micros(long nanos) {
    return nanos < 0 ? null : nanos / 1000;
  }
}
