// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

/** The way in which DNS travels in a flow: the label of a verdict. */
public enum Transport {
  /** DNS over UDP in the clear (RFC 1035). */
  DO53_UDP("do53-udp", true, false),
  /** DNS over TCP in the clear (RFC 7766). */
  DO53_TCP("do53-tcp", true, false),
  /** DNS over TLS (RFC 7858). */
  DOT("dot", true, true),
  /** DNS over HTTPS on TCP (RFC 8484). */
  DOH("doh", true, true),
  /** DNS over HTTPS on QUIC, HTTP/3 (RFC 8484, RFC 9114). */
  DOH3("doh3", true, true),
  /** DNS over dedicated QUIC connections (RFC 9250). */
  DOQ("doq", true, true),
  /** DNSCrypt version 2, over UDP or TCP. */
  DNSCRYPT("dnscrypt", true, true),
  /** DNS messages in cleartext HTTP. */
  DOH_PLAIN("doh-plain", true, false),
  /** Multicast DNS (RFC 6762): not resolver traffic. */
  MDNS("mdns", false, false),
  /** Link-local multicast name resolution (RFC 4795): not resolver traffic. */
  LLMNR("llmnr", false, false),
  /** Encrypted traffic that behaves like DNS and that no list knows. */
  SUSPECTED("suspected", false, false),
  /** Everything else. */
  OTHER("other", false, false);

  private final String label;
  private final boolean resolverTraffic;
  private final boolean encrypted;

  Transport(String label, boolean resolverTraffic, boolean encrypted) {
    this.label = label;
    this.resolverTraffic = resolverTraffic;
    this.encrypted = encrypted;
  }

  /** The name in records and reports. */
  public String label() {
    return label;
  }

  /** Whether the flow is DNS between a client and a resolver or server, the base of all shares. */
  public boolean resolverTraffic() {
    return resolverTraffic;
  }

  /** Whether an observer on the path is kept from reading the messages. */
  public boolean encrypted() {
    return encrypted;
  }

  /** Whether the number of its queries can only be estimated: messages cannot be told apart. */
  public boolean estimated() {
    return this == DOT || this == DOH || this == DOH3 || this == DOQ;
  }

  /** Whether the flow carries DNS messages at all, local name resolution included. */
  public boolean dns() {
    return this != SUSPECTED && this != OTHER;
  }
}
