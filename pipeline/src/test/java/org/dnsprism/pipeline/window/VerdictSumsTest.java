// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.dnsprism.classifier.flow.Role;
import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.junit.jupiter.api.Test;

class VerdictSumsTest {
  @Test
  void bandLeavesOutTheUncertainAndTakesInTheSuspected() {
    VerdictSums sums =
        new VerdictSums(
            List.of(
                cell(Transport.DO53_UDP, Confidence.CERTAIN, 50),
                cell(Transport.DO53_TCP, Confidence.LOW, 10),
                cell(Transport.DOT, Confidence.CERTAIN, 20),
                cell(Transport.DOH, Confidence.MEDIUM, 20),
                cell(Transport.SUSPECTED, Confidence.LOW, 100),
                cell(Transport.MDNS, Confidence.CERTAIN, 1000)));
    assertEquals(20 / 80.0, sums.encryptedBand().certain());
    assertEquals(140 / 200.0, sums.encryptedBand().withSuspected());
  }

  @Test
  void nothingHasNoShare() {
    VerdictSums sums = new VerdictSums(List.of(cell(Transport.LLMNR, Confidence.CERTAIN, 5)));
    assertNull(sums.encryptedBand().certain());
    assertNull(sums.encryptedBand().withSuspected());
  }

  @Test
  void flowsAreSummedByTransportAndConfidence() {
    VerdictSums sums =
        new VerdictSums(
            List.of(
                cell(Transport.DOH, Confidence.HIGH, 3),
                cell(Transport.DOH, Confidence.HIGH, 4),
                cell(Transport.DOH, Confidence.LOW, 1)));
    assertEquals(Map.of("doh", Map.of("high", 7L, "low", 1L)), sums.byTransport());
  }

  private static Cell cell(Transport transport, Confidence confidence, long flows) {
    Cell cell = new Cell(new CellKey(transport, 0, 0, 0, 128, true, Role.UNKNOWN, false));
    cell.flows = flows;
    cell.confidence[confidence.ordinal()] = flows;
    return cell;
  }
}
