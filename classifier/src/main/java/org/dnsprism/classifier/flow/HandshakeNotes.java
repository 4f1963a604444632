// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.tls.AlpnProtocol;
import org.dnsprism.classifier.tls.ClientHello;
import org.dnsprism.classifier.tls.Ech;
import org.dnsprism.classifier.tls.Ja4;
import org.dnsprism.classifier.tls.ServerFlight;
import org.dnsprism.classifier.verdict.Evidence;

/** Turns a ClientHello into evidence and into the details that a flow keeps. */
final class HandshakeNotes {
  private HandshakeNotes() {}

  /** The evidence of a ClientHello; whether it came by TLS or QUIC is the caller's to say. */
  static long evidence(ClientHello hello) {
    long bits = hello.sniLength() > 0 ? Evidence.SNI.bit() : 0;
    if (!hello.serverNamePresent() && !hello.truncated()) {
      bits |= Evidence.SNI_ABSENT.bit();
    }
    bits |= hello.ech() == Ech.NONE ? 0 : Evidence.ECH.bit();
    return bits | alpn(hello.alpnProtocols());
  }

  /**
   * The evidence of protocols offered or chosen.
   *
   * @param protocols a set of {@link AlpnProtocol#bit()}
   */
  static long alpn(int protocols) {
    long bits = 0;
    bits |= AlpnProtocol.DOT.in(protocols) ? Evidence.ALPN_DOT.bit() : 0;
    bits |= AlpnProtocol.DOQ.in(protocols) ? Evidence.ALPN_DOQ.bit() : 0;
    bits |= AlpnProtocol.H2.in(protocols) ? Evidence.ALPN_H2.bit() : 0;
    bits |= AlpnProtocol.HTTP1.in(protocols) ? Evidence.ALPN_HTTP1.bit() : 0;
    bits |= AlpnProtocol.H3.in(protocols) ? Evidence.ALPN_H3.bit() : 0;
    return protocols == AlpnProtocol.FOREIGN.bit() ? Evidence.ALPN_FOREIGN.bit() : bits;
  }

  /** Keeps the protocol that the server chose. */
  static void keepChosen(ServerFlight server, FlowDetails details) {
    details.keepAlpn(server.alpnBytes(), server.alpnLength());
  }

  /**
   * Copies what a flow keeps of the hello. The fingerprint is that of the first hello.
   *
   * @param quic whether the hello came in QUIC
   */
  static void keep(ClientHello hello, boolean quic, Ja4 ja4, FlowDetails details) {
    details.helloSeen = true;
    details.keepSni(hello.sniBytes(), hello.sniLength());
    details.keepAlpn(hello.alpnBytes(), hello.alpnLength());
    details.tlsVersion = hello.highestVersion();
    details.ech = hello.ech();
    details.postQuantum = hello.postQuantumKeyShare();
    details.ja4Known |= !details.ja4Known && ja4.write(hello, quic, details.ja4);
  }
}
