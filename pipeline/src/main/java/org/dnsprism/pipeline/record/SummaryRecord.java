// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole run: everything of a window over all windows, and what only the end can tell. The times
 * are those of the capture, so that the same capture gives the same record.
 *
 * @param whole sums over all windows
 * @param files names of the captures
 * @param firstPacket time of the first window's first frame; absent without frames
 * @param lastPacket time of the latest frame
 * @param elapsedS from first to last packet, in seconds
 * @param packetsPerS frames in a second of that time
 * @param windows how many windows there were
 * @param operators the operators with the most resolver flows
 * @param latencyUs query to response, by transport
 * @param handshakeUs connection set-up, by transport
 * @param operatorsSeen how many operators received resolver flows, unknown ones not counted
 * @param countries the seats of all operators, that with the most resolver flows first
 * @param confidence flows by transport and confidence, other traffic left out
 * @param encryptedBand between what the encrypted share of flows is, depending on what is believed
 */
public record SummaryRecord(
    @JsonUnwrapped WindowRecord whole,
    List<String> files,
    @Nullable String firstPacket,
    @Nullable String lastPacket,
    double elapsedS,
    double packetsPerS,
    long windows,
    List<OperatorShare> operators,
    Map<String, LatencySummary> latencyUs,
    Map<String, LatencySummary> handshakeUs,
    long operatorsSeen,
    List<CountryShare> countries,
    Map<String, Map<String, Long>> confidence,
    ShareBand encryptedBand)
    implements Body {

  /**
   * What an operator received.
   *
   * @param operator name, or unknown
   * @param country seat
   * @param flows resolver flows
   * @param bytes in them
   * @param queries seen in them, or estimated
   * @param encryptedFlows of those flows
   * @param clients estimated number of different clients
   * @param transports resolver flows by transport
   * @param queriesLow there were hardly fewer queries: those seen, and the low bounds of estimates
   * @param queriesHigh there were hardly more queries
   */
  public record OperatorShare(
      String operator,
      String country,
      long flows,
      long bytes,
      long queries,
      long encryptedFlows,
      long clients,
      Map<String, Long> transports,
      long queriesLow,
      long queriesHigh) {}

  /**
   * What the operators of a country received.
   *
   * @param country seat, ISO 3166-1 alpha-2; ZZ for operators whose seat is unknown
   * @param flows resolver flows
   * @param bytes in them
   * @param operators how many operators received them, unknown ones not counted
   */
  public record CountryShare(String country, long flows, long bytes, long operators) {}

  /**
   * The encrypted share of resolver flows, 0 to 1, by what is believed; each is absent when nothing
   * is left to share.
   *
   * @param certain encrypted flows count only with a certain verdict, others are left out
   * @param withSuspected suspected flows count as encrypted resolver flows too
   */
  public record ShareBand(@Nullable Double certain, @Nullable Double withSuspected) {}

  @Override
  @JsonIgnore
  public Kind kind() {
    return Kind.SUMMARY;
  }
}
