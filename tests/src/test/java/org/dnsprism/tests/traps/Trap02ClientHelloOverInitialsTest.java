// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.dnsprism.tests.traps.QuicTraffic.assertDoq;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 2: a ClientHello over several QUIC Initials, in any order, repeated")
class Trap02ClientHelloOverInitialsTest {
  private final List<byte[]> parts = new QuicTraffic().threeParts();

  /** Which of the three datagrams comes when: all orders, and each datagram once more anywhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "012", "021", "102", "120", "201", "210", "0012", "0102", "0120", "1021", "1201", "1210",
        "2012", "2102", "2120", "00112", "11220", "22110", "210210", "112200"
      })
  void orderAndRepeatsDoNotMatter(String order) {
    List<byte[]> packets = new ArrayList<>();
    order.chars().forEach(digit -> packets.add(parts.get(digit - '0')));
    assertDoq(TrapCapture.ethernet().packets(packets).flow());
  }
}
