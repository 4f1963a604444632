// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flow that ended. Absent values were not seen or do not apply. Sizes are bytes on the wire.
 *
 * @param start time of the first packet
 * @param end time of the last packet
 * @param endReason fin, rst, idle, active, evicted or eof
 * @param clientIp the client as privacy allows: prefix, pseudonym or address; absent for none
 * @param clientPort the client's port
 * @param serverIp the server's address, or its network where the address can tell the customer
 * @param serverPort the server's port
 * @param ipVersion 4 or 6
 * @param protocol udp or tcp
 * @param vlan identifiers of VLAN tags, outermost first
 * @param tunnel innermost encapsulation
 * @param transport the verdict
 * @param confidence certain, high, medium or low
 * @param evidence what the verdict rests on
 * @param operator who runs the resolver, as the endpoint list says
 * @param operatorCountry seat of the operator, ISO 3166-1 alpha-2
 * @param endpoint the rule of the endpoint list that matched
 * @param sni server name of the ClientHello; a customer's label in it is masked
 * @param alpn protocols that the client offered
 * @param tlsVersion such as 1.3
 * @param ech none, grease or offered
 * @param pq whether the client sent a post-quantum key share
 * @param ja4 JA4 fingerprint of the client
 * @param quicVersion such as 1, 2 or hexadecimal
 * @param clientPackets packets from the client
 * @param serverPackets packets from the server
 * @param clientBytes bytes from the client
 * @param serverBytes bytes from the server
 * @param queries DNS queries seen, or estimated
 * @param queriesEstimated whether their number is an estimate
 * @param queriesLow there were hardly fewer
 * @param queriesHigh there were hardly more
 * @param responses DNS responses seen
 * @param tcpRetries queries over TCP after an answer over UDP that was cut off
 * @param handshakeUs SYN to SYN-ACK, or first QUIC round trip, in microseconds
 * @param tlsUs ClientHello to the server's answer, in microseconds
 * @param joinedMidstream whether the capture began in the middle of the connection
 * @param oneWay whether packets of one direction only were seen
 */
public record FlowRecord(
    String start,
    String end,
    String endReason,
    @Nullable String clientIp,
    int clientPort,
    String serverIp,
    int serverPort,
    int ipVersion,
    String protocol,
    @Nullable List<Integer> vlan,
    @Nullable String tunnel,
    String transport,
    String confidence,
    List<EvidenceItem> evidence,
    @Nullable String operator,
    @Nullable String operatorCountry,
    @Nullable String endpoint,
    @Nullable String sni,
    @Nullable List<String> alpn,
    @Nullable String tlsVersion,
    @Nullable String ech,
    @Nullable Boolean pq,
    @Nullable String ja4,
    @Nullable String quicVersion,
    long clientPackets,
    long serverPackets,
    long clientBytes,
    long serverBytes,
    @Nullable Long queries,
    @Nullable Boolean queriesEstimated,
    @Nullable Long queriesLow,
    @Nullable Long queriesHigh,
    @Nullable Long responses,
    @Nullable Long tcpRetries,
    @Nullable Long handshakeUs,
    @Nullable Long tlsUs,
    boolean joinedMidstream,
    boolean oneWay)
    implements Body {

  /**
   * One piece of evidence.
   *
   * @param kind stable name of the fact
   * @param value what was seen, where there is more than the fact itself
   * @param source where the fact comes from: packets, or the endpoint list with its version
   */
  public record EvidenceItem(String kind, @Nullable String value, String source) {}

  @Override
  @JsonIgnore
  public Kind kind() {
    return Kind.FLOW;
  }
}
