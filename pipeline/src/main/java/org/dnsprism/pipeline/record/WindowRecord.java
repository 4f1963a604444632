// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One window: the sums over all traffic, shares, concentration and everything that was lost.
 *
 * @param windowStart start of the window
 * @param windowS length of the window in seconds
 * @param isFinal whether nothing can be added to it any more
 * @param frames frames seen
 * @param bytes bytes in them, on the wire
 * @param dnsFrames frames of flows that carry DNS
 * @param otherFrames frames of other traffic
 * @param undecodable frames that could not be decoded, by cause
 * @param transports sums by transport
 * @param encryptedShare part of resolver traffic that is encrypted, 0 to 1
 * @param concentration of resolver traffic, by operator and by country
 * @param ownResolverShare part of resolver flows that go to the network's own resolvers, 0 to 1
 * @param canaries queries for names that switch encrypted DNS or private relay on or off
 * @param ddrQueries queries for designated resolvers (RFC 9462)
 * @param svcbAnswers responses with SVCB or HTTPS records
 * @param echOffered flows with Encrypted ClientHello, GREASE included
 * @param suspectedFlows encrypted flows that behave like DNS and that no list knows
 * @param unobservableFlows flows whose server is hidden, by its name or behind a relay
 * @param quicFlows flows of QUIC by version
 * @param loss everything that was lost or left out, by cause
 * @param flowsOpened flows that began
 * @param flowsClosed flows that ended, by reason
 * @param duplicates copies of frames that were left out
 * @param oneWayShare part of DNS flows seen in one direction only, 0 to 1
 * @param midstreamFlows DNS flows whose start was not captured
 * @param endpointList which list named the operators
 * @param learningLoss what answers did not teach, or what was forgotten, by cause
 * @param canaryBlocked answers that switch off the DoH of Firefox
 * @param capture what became of the frames in the capture rings; absent in a replay
 * @param dnsMessages queries of Do53 by kind, and messages that do not parse
 * @param nbnsFlows flows of the NetBIOS name service
 * @param tcpRetries queries over TCP after an answer over UDP that was cut off
 * @param samplingFactor how many times as many frames there were as were looked at; 1 unless
 *     clients were left out because rings filled
 */
public record WindowRecord(
    String windowStart,
    double windowS,
    @JsonProperty("final") boolean isFinal,
    long frames,
    long bytes,
    long dnsFrames,
    long otherFrames,
    Map<String, Long> undecodable,
    Map<String, TransportSums> transports,
    Shares encryptedShare,
    Concentrations concentration,
    @Nullable Double ownResolverShare,
    Map<String, Long> canaries,
    long ddrQueries,
    long svcbAnswers,
    long echOffered,
    long suspectedFlows,
    long unobservableFlows,
    Map<String, Long> quicFlows,
    Map<String, Long> loss,
    long flowsOpened,
    Map<String, Long> flowsClosed,
    long duplicates,
    @Nullable Double oneWayShare,
    long midstreamFlows,
    ListInfo endpointList,
    Map<String, Long> learningLoss,
    long canaryBlocked,
    @Nullable CaptureLedger capture,
    Map<String, Long> dnsMessages,
    long nbnsFlows,
    long tcpRetries,
    double samplingFactor)
    implements Body {

  /**
   * What a transport had.
   *
   * @param flows flows counted
   * @param packets packets both ways
   * @param bytes bytes both ways
   * @param queries queries seen, or estimated
   * @param responses responses seen
   * @param queriesLow there were hardly fewer queries; null where they are counted
   * @param queriesHigh there were hardly more queries; null where they are counted
   */
  public record TransportSums(
      long flows,
      long packets,
      long bytes,
      long queries,
      long responses,
      @Nullable Long queriesLow,
      @Nullable Long queriesHigh) {}

  /**
   * A share in several units, each 0 to 1, absent when there is nothing to share.
   *
   * @param flows of flows
   * @param queries of queries, those in encrypted flows as estimated
   * @param queriesLow likewise, with as few of them as is likely
   * @param queriesHigh likewise, with as many of them as is likely
   * @param bytes of bytes
   */
  public record Shares(
      @Nullable Double flows,
      @Nullable Double queries,
      @Nullable Double queriesLow,
      @Nullable Double queriesHigh,
      @Nullable Double bytes) {}

  /**
   * Concentration by operator and by country.
   *
   * @param operator by unit: flows, bytes
   * @param country by unit: flows, bytes
   */
  public record Concentrations(
      Map<String, Concentration> operator, Map<String, Concentration> country) {}

  /**
   * How concentrated traffic is.
   *
   * @param hhi Herfindahl-Hirschman index, 0 to 1
   * @param cr1 share of the largest
   * @param cr3 share of the three largest
   * @param cr5 share of the five largest
   * @param effectiveNumber 1 / hhi
   * @param nFor70 how many it takes for 70 percent
   * @param nFor90 how many it takes for 90 percent
   * @param unknownShare part of the traffic whose operator is unknown and which is left out
   */
  public record Concentration(
      double hhi,
      double cr1,
      double cr3,
      double cr5,
      double effectiveNumber,
      @JsonProperty("n_for_70") int nFor70,
      @JsonProperty("n_for_90") int nFor90,
      double unknownShare) {}

  /**
   * An endpoint list.
   *
   * @param version as the list says
   * @param digest over all rules
   * @param entries rules in it
   * @param learned statements learned from traffic
   * @param newestSource date of the newest source of any rule; absent if no rule has a date
   * @param ageDays days from that date to the end of the window; negative if the list is newer
   * @param stale whether the list calls itself too old for the window; absent if it never does
   */
  public record ListInfo(
      String version,
      String digest,
      int entries,
      int learned,
      @Nullable String newestSource,
      @Nullable Long ageDays,
      @Nullable Boolean stale) {}

  @Override
  @JsonIgnore
  public Kind kind() {
    return Kind.WINDOW;
  }
}
