// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.Locale;

/** A way in which a listed resolver takes questions. */
public enum EndpointProtocol {
  /** DNS in the clear over UDP or TCP (RFC 1035). */
  DO53(53),
  /** DNS over TLS (RFC 7858). */
  DOT(853),
  /** DNS over HTTPS, any HTTP version (RFC 8484). */
  DOH(443),
  /** DNS over HTTP/3, where a source says that the resolver has it (RFC 9114). */
  DOH3(443),
  /** DNS over dedicated QUIC connections (RFC 9250). */
  DOQ(853),
  /** DNSCrypt version 2. */
  DNSCRYPT(443);

  private final int defaultPort;
  private final String label = name().toLowerCase(Locale.ROOT);

  EndpointProtocol(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The port that is meant when a rule names none. */
  public int defaultPort() {
    return defaultPort;
  }

  /** The name in list files and reports. */
  public String label() {
    return label;
  }
}
