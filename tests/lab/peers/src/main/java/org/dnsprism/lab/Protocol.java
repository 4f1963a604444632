// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.util.Arrays;

/** What a server or a client speaks. */
enum Protocol {
  /** DNS over dedicated QUIC connections (RFC 9250). */
  DOQ("doq"),
  /** DNS over HTTP/3 (RFC 8484, RFC 9114). */
  DOH3("doh3"),
  /** DNS over HTTP/1.1 under TLS. */
  DOH1("doh1"),
  /** HTTP/3 with ordinary pages and no DNS at all. */
  HTTP3("http3"),
  /** DNS over HTTP/1.1 without TLS. */
  DOHPLAIN("dohplain");

  private final String word;

  Protocol(String word) {
    this.word = word;
  }

  /** What the command line calls it. */
  String word() {
    return word;
  }

  /**
   * The protocol that the command line calls {@code word}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Protocol of(String word) {
    return Arrays.stream(values())
        .filter(protocol -> protocol.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such protocol: " + word));
  }
}
