// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import java.util.Locale;

/**
 * One kind of fact about a flow that speaks for or against a transport. A flow's evidence is the
 * set of the kinds that were seen, as a bit set of ordinals.
 */
public enum Evidence {
  /** The transport protocol is UDP. */
  UDP("protocol is UDP"),
  /** The transport protocol is TCP. */
  TCP("protocol is TCP"),
  /** The server's port is 53. */
  PORT_53("server port is 53"),
  /** The server's port is 853 (RFC 7858, RFC 9250). */
  PORT_853("server port is 853"),
  /** The server's port is 443 (RFC 8484). */
  PORT_443("server port is 443"),
  /** The endpoint list has DNS over TLS on this port of this server, and it is not 853. */
  PORT_DOT_LISTED("server port is listed for DNS over TLS"),
  /** The server's port is one that drafts of DNS over QUIC used: UDP 784 or 8853. */
  PORT_DOQ_DRAFT("server port is one of the DoQ drafts"),
  /** The port is 5353, and address, ports or name are those of multicast DNS (RFC 6762). */
  PORT_MDNS("port is 5353, used as multicast DNS uses it"),
  /** The port is 5355 (RFC 4795). */
  PORT_LLMNR("port is 5355, LLMNR"),
  /** A NetBIOS name service message on UDP 137 (RFC 1002, section 4.2). */
  NBNS("NetBIOS name service message"),
  /** At least one whole DNS message was parsed. */
  DNS_PARSED("a DNS message was parsed"),
  /** A plausible DNS header, but the message does not parse or is cut off. */
  DNS_PLAUSIBLE("a plausible DNS header, the message does not parse whole"),
  /** A DNS response followed a query with the same identifier and name. */
  DNS_ANSWERED("a response matched a query"),
  /** Payload that cannot be DNS. */
  NOT_DNS("payload that is not DNS"),
  /** A TLS ClientHello was read. */
  TLS("TLS ClientHello read"),
  /** TLS records were seen, but no ClientHello. */
  TLS_RECORDS("TLS records without a ClientHello"),
  /** A TLS ServerHello was read. */
  TLS_SERVER("TLS ServerHello read"),
  /** A QUIC long header of a known version was seen, or a server's answer to one. */
  QUIC("QUIC long header"),
  /** A QUIC Initial was decrypted and its tag was right (RFC 9001, section 5). */
  QUIC_INITIAL("QUIC Initial decrypted"),
  /** Google QUIC, the predecessor of IETF QUIC. */
  GQUIC("Google QUIC"),
  /** ALPN has {@code dot}; the server's choice counts too where the client was not seen. */
  ALPN_DOT("ALPN offers dot"),
  /** ALPN has {@code doq} or a draft of it. */
  ALPN_DOQ("ALPN offers doq"),
  /** ALPN has {@code h2}. */
  ALPN_H2("ALPN offers h2"),
  /** ALPN has {@code http/1.1} or older. */
  ALPN_HTTP1("ALPN offers http/1.1"),
  /** ALPN has {@code h3} or a draft of it. */
  ALPN_H3("ALPN offers h3"),
  /** ALPN is there, with none of the protocols above. */
  ALPN_FOREIGN("ALPN offers other protocols only"),
  /** The ClientHello has a server name. */
  SNI("server name present"),
  /** The ClientHello has no server name. */
  SNI_ABSENT("no server name"),
  /** The server name is a rule of the endpoint list. */
  SNI_LISTED("server name is listed"),
  /** The listed server name serves web pages or other tenants too. */
  SNI_SHARED("listed server name also serves other content"),
  /** The server name is listed only in the unverified tail of the list. */
  SNI_TAIL("listed server name is in the unverified tail"),
  /** A name in the server's certificate is a rule of the endpoint list. */
  CERTIFICATE_LISTED("a name in the server's certificate is listed"),
  /** That name, or another in the certificate, also serves web pages or other tenants. */
  CERTIFICATE_SHARED("the server's certificate also names other content"),
  /** That name is listed only in the unverified tail of the list. */
  CERTIFICATE_TAIL("listed certificate name is in the unverified tail"),
  /** The server's address is in the endpoint list for this port and protocol. */
  ADDRESS_LISTED("server address is listed for this service"),
  /** The listed address is not dedicated to DNS. */
  ADDRESS_SHARED("listed server address also serves other content"),
  /** The listed address is only in the unverified tail of the list. */
  ADDRESS_TAIL("listed server address is in the unverified tail"),
  /**
   * Other traffic showed that the server takes this protocol there, and no server name of the flow
   * speaks against it.
   */
  ADDRESS_LEARNED("server address and port learned for this service"),
  /** Magic bytes of a DNSCrypt query or response, or an encrypted message after a certificate. */
  DNSCRYPT("DNSCrypt message"),
  /** A DNSCrypt certificate was asked for in the clear. */
  DNSCRYPT_CERTIFICATE("DNSCrypt certificate query"),
  /** A cleartext HTTP request carries a DNS message by path or content type (RFC 8484). */
  HTTP_DNS("cleartext HTTP carries a DNS message"),
  /** Encrypted ClientHello extension present. */
  ECH("Encrypted ClientHello extension present"),
  /** Encrypted ClientHello is in use: what the server name shows is a front. */
  ECH_OFFERED("Encrypted ClientHello hides the server name"),
  /** The capture began in the middle of the connection. */
  MIDSTREAM("joined midstream"),
  /** The exchanges of an encrypted flow look like DNS, by their sizes and times. */
  BEHAVES_LIKE_DNS("encrypted exchanges behave like DNS"),
  /** Nothing but handshake segments or empty packets was seen. */
  NO_PAYLOAD("no payload seen"),
  /** What was learned of the server could be wrong, or contradicts itself. */
  LEARNED_WEAK("what was learned of the server is weak or ambiguous"),
  /** What was learned of the server is that it takes DNS over TLS on the port. */
  LEARNED_DOT("server port learned for DNS over TLS"),
  /** The server name is the one that a service binding gives for the server. */
  SNI_LEARNED("server name is the one learned for the server"),
  /** The rule of the list that the verdict leans on was too old, or its service had ended. */
  LIST_STALE("the list's entry had run out by then"),
  /** The server name is that of a relay, such as iCloud Private Relay. */
  RELAY("server is a relay, which hides where traffic goes"),
  /** A message with the head of Anonymized DNSCrypt: the server passes it on to a resolver. */
  DNSCRYPT_RELAY("DNSCrypt message for a relay"),
  /** Queries begin with the client magic of a certificate that the server was seen to give. */
  DNSCRYPT_MAGIC("queries begin as the server's DNSCrypt certificate says");

  private final String words;
  private final String label = name().toLowerCase(Locale.ROOT);

  Evidence(String words) {
    this.words = words;
  }

  /** The name in records. */
  public String label() {
    return label;
  }

  /** The fact in words. */
  public String words() {
    return words;
  }

  /** The bit of this kind in a set of evidence. */
  public long bit() {
    return 1L << ordinal();
  }

  /** Whether a set of evidence has this kind. */
  public boolean in(long evidence) {
    return (evidence & bit()) != 0;
  }
}
