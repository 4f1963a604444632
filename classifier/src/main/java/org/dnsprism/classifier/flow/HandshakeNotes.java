// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.tls.AlpnProtocol;
import org.dnsprism.classifier.tls.ClientHello;
import org.dnsprism.classifier.tls.Ech;
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
    return bits | alpn(hello);
  }

  private static long alpn(ClientHello hello) {
    long bits = 0;
    bits |= hello.offers(AlpnProtocol.DOT) ? Evidence.ALPN_DOT.bit() : 0;
    bits |= hello.offers(AlpnProtocol.DOQ) ? Evidence.ALPN_DOQ.bit() : 0;
    bits |= hello.offers(AlpnProtocol.H2) ? Evidence.ALPN_H2.bit() : 0;
    bits |= hello.offers(AlpnProtocol.HTTP1) ? Evidence.ALPN_HTTP1.bit() : 0;
    bits |= hello.offers(AlpnProtocol.H3) ? Evidence.ALPN_H3.bit() : 0;
    return hello.alpnProtocols() == AlpnProtocol.FOREIGN.bit() ? Evidence.ALPN_FOREIGN.bit() : bits;
  }

  /** Copies what a flow keeps of the hello. */
  static void keep(ClientHello hello, FlowDetails details) {
    details.sniLength = hello.sniLength();
    System.arraycopy(hello.sniBytes(), 0, details.sni, 0, hello.sniLength());
    details.alpnLength = hello.alpnLength();
    System.arraycopy(hello.alpnBytes(), 0, details.alpn, 0, details.alpnLength);
    details.tlsVersion = hello.highestVersion();
    details.ech = hello.ech();
    details.postQuantum = hello.postQuantumKeyShare();
  }
}
