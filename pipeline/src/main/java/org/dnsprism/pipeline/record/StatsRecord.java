// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One cell of one window: one transport at one server, or at all servers that share a cell.
 *
 * @param windowStart start of the window
 * @param windowS length of the window in seconds
 * @param transport label
 * @param operator who runs the server, or unknown
 * @param operatorCountry seat of the operator, or ZZ
 * @param serverIp the server's address, its network where the address can tell the customer, or
 *     other
 * @param role stub, recursive or unknown
 * @param ownResolver whether it is one of the network's own resolvers
 * @param flows flows whose verdict became final in the window
 * @param clientPackets packets from clients
 * @param serverPackets packets from the server
 * @param clientBytes bytes from clients
 * @param serverBytes bytes from the server
 * @param queries queries seen, or estimated
 * @param queriesEstimated whether their number is an estimate
 * @param queriesLow there were hardly fewer
 * @param queriesHigh there were hardly more
 * @param responses responses seen; absent where they cannot be seen
 * @param unanswered queries given up
 * @param truncated responses with the TC bit
 * @param rcodes responses by code
 * @param qtypes queries by type
 * @param edns queries with EDNS
 * @param doBit queries that ask for DNSSEC
 * @param ecs queries with a client subnet
 * @param cookie queries with a cookie
 * @param padding queries that are padded
 * @param tcpRetries queries over TCP after an answer over UDP that was cut off
 * @param clients estimated number of different clients
 * @param clientsSketch UltraLogLog state, deflated, base64
 * @param clientsKey names the key that the sketch was made with; the same name, the same key
 * @param latencyUs query to response
 * @param latencyHdr HdrHistogram V2 compressed, base64
 * @param handshakeUs SYN to SYN-ACK or first QUIC round trip
 * @param handshakeHdr its histogram
 * @param tlsUs ClientHello to answer
 * @param tlsHdr its histogram
 * @param confidence flows by confidence
 */
public record StatsRecord(
    String windowStart,
    double windowS,
    String transport,
    String operator,
    String operatorCountry,
    String serverIp,
    String role,
    boolean ownResolver,
    long flows,
    long clientPackets,
    long serverPackets,
    long clientBytes,
    long serverBytes,
    @Nullable Long queries,
    @Nullable Boolean queriesEstimated,
    @Nullable Long queriesLow,
    @Nullable Long queriesHigh,
    @Nullable Long responses,
    @Nullable Long unanswered,
    @Nullable Long truncated,
    @Nullable Map<String, Long> rcodes,
    @Nullable Map<String, Long> qtypes,
    @Nullable Long edns,
    @Nullable Long doBit,
    @Nullable Long ecs,
    @Nullable Long cookie,
    @Nullable Long padding,
    @Nullable Long tcpRetries,
    long clients,
    @Nullable String clientsSketch,
    String clientsKey,
    @Nullable LatencySummary latencyUs,
    @Nullable String latencyHdr,
    @Nullable LatencySummary handshakeUs,
    @Nullable String handshakeHdr,
    @Nullable LatencySummary tlsUs,
    @Nullable String tlsHdr,
    Map<String, Long> confidence)
    implements Body {
  @Override
  @JsonIgnore
  public Kind kind() {
    return Kind.STATS;
  }
}
