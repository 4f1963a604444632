// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.dns.DnsCrypt;
import org.dnsprism.classifier.dns.DnsDialect;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsStatus;
import org.dnsprism.classifier.dns.NetbiosName;
import org.dnsprism.classifier.quic.QuicFlow;
import org.dnsprism.classifier.verdict.Evidence;
import org.dnsprism.classifier.wire.Packet;

/** Reads the datagrams of UDP flows: DNS in its dialects, DNSCrypt, or the start of QUIC. */
final class UdpInspector {
  private static final int DNS_PORT = 53;
  private static final int NETBIOS_NAME_PORT = 137;
  private static final int NETBIOS_DATAGRAM_PORT = 138;
  private static final int LLMNR_PORT = 5355;

  /** Packets that a flow may show before it is let go. */
  private static final int MAX_UNDECIDED_PACKETS = 8;

  private static final long DNS_SEEN = Evidence.DNS_PARSED.bit() | Evidence.DNS_PLAUSIBLE.bit();

  private final FlowState state;
  private final InspectionContext context;
  private final QuicInspector quic;
  private final DnsCryptDatagrams dnscrypt;

  UdpInspector(FlowState state, InspectionContext context, FlowWatches watches) {
    this.state = state;
    this.context = context;
    quic = new QuicInspector(state, context, watches);
    dnscrypt = new DnsCryptDatagrams(state);
  }

  void inspect(int entry, Packet packet, boolean forward) {
    if (packet.payloadLength() == 0) {
      return;
    }
    state.setFlag(entry, FlowLayout.PAYLOAD);
    if (dnscrypt.read(entry, packet, forward)) {
      if (state.inspection(entry) >= 0) {
        quic.release(entry);
      }
    } else if (state.inspection(entry) >= 0) {
      quic.inspect(entry, packet, forward);
    } else if (onPort(packet, NETBIOS_NAME_PORT) || onPort(packet, NETBIOS_DATAGRAM_PORT)) {
      noteNetbios(entry, packet); // its names look like DNS to the last bit (RFC 1002)
    } else if (!readsAsDns(entry, packet, forward)) {
      lookFurther(entry, packet, forward);
    }
  }

  /** Whether the datagram opens another connection on the ports of a QUIC flow. */
  boolean opensAnother(int entry, Packet packet, boolean forward) {
    return packet.payloadLength() >= QuicFlow.MIN_CLIENT_DATAGRAM_BYTES
        && Evidence.QUIC_INITIAL.in(state.evidence(entry))
        && quic.opensAnother(entry, packet, forward);
  }

  private boolean readsAsDns(int entry, Packet packet, boolean forward) {
    long evidence = state.evidence(entry);
    DnsMessage message = context.message;
    DnsDialect dialect = dialect(packet, evidence);
    DnsStatus status = parse(packet, dialect, message);
    boolean shared = dialect == DnsDialect.LOCAL && onPort(packet, MulticastDns.PORT);
    if (shared && status != DnsStatus.NOT_DNS && !multicast(entry, packet, message)) {
      status = parse(packet, DnsDialect.STRICT, message);
    }
    if ((evidence & DNS_SEEN) == 0 && onPort(packet, DNS_PORT) && chance(packet, message, status)) {
      return false;
    }
    switch (status) {
      case WHOLE -> {
        if (noteMessage(entry, packet, forward, message, Evidence.DNS_PARSED.bit())
            && !state.fromClient(entry, forward)) {
          context.learn(
              state,
              entry,
              packet.buffer(),
              packet.payloadOffset(),
              packet.capturedPayloadLength(),
              packet.timeNanos());
        }
        return true;
      }
      case CUT -> {
        noteMessage(entry, packet, forward, message, Evidence.DNS_PLAUSIBLE.bit());
        return true;
      }
      case PLAUSIBLE -> {
        state.counters().malformedDns++;
        learnClient(entry, forward, message);
        noteDns(entry, packet, Evidence.DNS_PLAUSIBLE.bit());
        return true;
      }
      case NOT_DNS -> {
        return false;
      }
    }
    return false;
  }

  private DnsStatus parse(Packet packet, DnsDialect dialect, DnsMessage message) {
    return context.parser.parse(
        packet.buffer(),
        packet.payloadOffset(),
        packet.capturedPayloadLength(),
        packet.datagramLength(),
        dialect,
        message);
  }

  /**
   * Whether the first bytes on port 53 look like DNS by chance alone: other protocols that use the
   * port have bytes in which a question can be read, but hardly one with a class that exists.
   */
  private static boolean chance(Packet packet, DnsMessage message, DnsStatus status) {
    return switch (status) {
      case WHOLE -> message.questionCount() > 0 && !message.ordinaryClass();
      case CUT -> !message.ordinaryClass();
      case PLAUSIBLE ->
          packet.capturedPayloadLength() == packet.datagramLength() && !message.ordinaryQuestion();
      case NOT_DNS -> false;
    };
  }

  private DnsDialect dialect(Packet packet, long evidence) {
    if (onPort(packet, DNS_PORT)) {
      return DnsDialect.EXPECTED;
    }
    if (onPort(packet, LLMNR_PORT)) {
      return DnsDialect.LOCAL;
    }
    boolean expected = (evidence & DNS_SEEN) != 0;
    if (onPort(packet, MulticastDns.PORT) && (!expected || Evidence.PORT_MDNS.in(evidence))) {
      return DnsDialect.LOCAL;
    }
    return expected ? DnsDialect.EXPECTED : DnsDialect.STRICT;
  }

  /** Whether a flow on the port of multicast DNS is that, and not DNS of a server of its own. */
  private boolean multicast(int entry, Packet packet, DnsMessage message) {
    if (Evidence.PORT_MDNS.in(state.evidence(entry))) {
      return true;
    }
    boolean found =
        MulticastDns.byEnds(packet) || MulticastDns.byMessage(message, state.asked(entry));
    if (found) {
      state.addEvidence(entry, Evidence.PORT_MDNS.bit());
    }
    return found;
  }

  private boolean noteMessage(
      int entry, Packet packet, boolean forward, DnsMessage message, long bit) {
    learnClient(entry, forward, message);
    noteDns(entry, packet, bit);
    state.noteRole(entry, message);
    if (DnsCrypt.certificate(message)) {
      state.addEvidence(entry, Evidence.DNSCRYPT_CERTIFICATE.bit());
    }
    context.retries.overUdp(entry, message, packet.timeNanos());
    return state.message(entry, message, packet.timeNanos());
  }

  private void learnClient(int entry, boolean forward, DnsMessage message) {
    state.learnClient(entry, message.response() != forward);
  }

  private void noteDns(int entry, Packet packet, long bit) {
    boolean llmnr = onPort(packet, LLMNR_PORT) && !onPort(packet, DNS_PORT);
    long bits = llmnr ? bit | Evidence.PORT_LLMNR.bit() : bit;
    if ((state.evidence(entry) & bits) != bits) {
      state.addEvidence(entry, bits);
      state.decide(entry);
    }
  }

  private static boolean onPort(Packet packet, int port) {
    return packet.sourcePort() == port || packet.destinationPort() == port;
  }

  private void lookFurther(int entry, Packet packet, boolean forward) {
    long evidence = state.evidence(entry);
    boolean certificate = Evidence.DNSCRYPT_CERTIFICATE.in(evidence);
    if ((evidence & DNS_SEEN) != 0) {
      if (!certificate || !dnscrypt.hold(entry, packet, forward)) {
        state.counters().malformedDns++;
      }
      return;
    }
    if (quic.begins(packet)) {
      quic.inspect(entry, packet, forward);
      return;
    }
    if (!dnscrypt.hold(entry, packet, forward) && state.packets(entry) >= MAX_UNDECIDED_PACKETS) {
      dnscrypt.forget(entry);
      letGo(entry);
    }
  }

  private void noteNetbios(int entry, Packet packet) {
    if (NetbiosName.message(
        packet.buffer(), packet.payloadOffset(), packet.capturedPayloadLength())) {
      state.addEvidence(entry, Evidence.NBNS.bit());
    }
    letGo(entry);
  }

  private void letGo(int entry) {
    state.addEvidence(entry, Evidence.NOT_DNS.bit());
    state.decide(entry);
    state.stopInspecting(entry);
  }

  void close(int entry) {
    if (state.inspection(entry) >= 0) {
      quic.close(entry);
    } else if ((state.key(entry) & FlowLayout.PAYLOAD) == 0) {
      state.addEvidence(entry, Evidence.NO_PAYLOAD.bit());
      state.decide(entry);
    }
  }
}
