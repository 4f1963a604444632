// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.util.Locale;

/** What a flow is. */
enum Kind {
  DO53_UDP("do53-udp", 2.9, 0),
  DO53_TCP("do53-tcp", 10, 0),
  DOT("dot", 31, 0),
  DOH("doh", 33, 0),
  DOH3("doh3", 23, 0),
  DOQ("doq", 23, 0),
  DNSCRYPT("dnscrypt", 5, 0),
  /** Web pages and downloads over TLS. */
  WEB_TLS("other", 17, 1.7),
  /** The same over QUIC. */
  WEB_QUIC("other", 8, 1.5),
  /** Web pages in the clear. */
  HTTP("other", 7, 1.7),
  /** Shells, mail and what else runs over TCP. */
  TCP_OTHER("other", 9, 1.7),
  /** Tunnels, calls, games, time. */
  UDP_OTHER("other", 0, 0.7),
  /** A SYN that finds nobody. */
  SCAN("other", 2, 0),
  /** Echo requests and replies: no flow, for they have no ports. */
  ICMP("none", 6, 0),
  /** What the end of the capture cut off before it showed what it is. */
  CUT("other", 0, 0);

  private final String transport;
  private final double frames;
  private final double framesForContent;

  Kind(String transport, double frames, double framesForContent) {
    this.transport = transport;
    this.frames = frames;
    this.framesForContent = framesForContent;
  }

  /** The name that the truth uses. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The transport as dnsprism's records call it; {@code none} for what is no flow. */
  String transport() {
    return transport;
  }

  boolean isDns() {
    return compareTo(DNSCRYPT) <= 0;
  }

  /** Frames that a flow has on average besides those for its content. */
  double frames() {
    return frames;
  }

  /** Frames for each packet of content, by which flows are made long or short; 0 without. */
  double framesForContent() {
    return framesForContent;
  }

  /** Whether a flow can wait after its hellos. */
  boolean isHeld() {
    return switch (this) {
      case DOT, DOH, DOH3, DOQ, WEB_TLS, WEB_QUIC -> true;
      default -> false;
    };
  }
}
