// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Test;

/**
 * A round of the session that {@code tests/lab/make-session} makes: sixteen client programs over
 * every transport, and web traffic. The rules are those of {@code tests/lab/check-session}.
 */
class SessionTest {
  private static final Path FOLDER = LabCaptures.root().resolve("tests/lab/session");

  /** Servers that no list can have: their addresses are of RFC 5737 and RFC 3849. */
  private static final List<String> UNLISTED = List.of("198.51.100.", "192.0.2.", "203.0.113.");

  @Test
  void noVerdictOfHighConfidenceIsWrongAndNoListedEndpointIsMissed() throws Exception {
    Map<String, Map<String, String>> truth = new HashMap<>();
    for (Map<String, String> row : SharedCaptures.rows(FOLDER.resolve("TRUTH.tsv"))) {
      String end = row.get("client") + " " + row.get("server") + " " + row.get("server_port");
      truth.put(end + " " + row.get("protocol"), row);
    }
    RunOfCapture run = RunOfCapture.of(FOLDER.resolve("session.pcapng.zst"), 2);
    assertNull(run.failure());
    Map<String, Integer> found = new HashMap<>();
    for (FlowRecord flow : run.flows()) {
      String end = flow.clientIp() + " " + flow.serverIp() + " " + flow.serverPort();
      String key = end + " " + flow.protocol();
      Map<String, String> row = truth.get(key);
      assertNotNull(row, key);
      check(flow, row.getOrDefault("transport", ""), key);
      found.merge(key, 1, Integer::sum);
    }
    assertEquals(truth.keySet(), found.keySet());
    truth.forEach((key, row) -> checkNumber(row, found.getOrDefault(key, 0), key));
  }

  private static void check(FlowRecord flow, String transport, String key) {
    String verdict = key + " is " + transport + ", taken for " + flow.transport();
    boolean right = flow.transport().equals(transport);
    boolean not = Set.of("other", "suspected").contains(flow.transport());
    boolean sure = Set.of("certain", "high").contains(flow.confidence());
    assertTrue(right || not || !sure, verdict);
    boolean listed =
        UNLISTED.stream().noneMatch(flow.serverIp()::startsWith)
            && !flow.serverIp().startsWith("2001:db8:");
    assertTrue(right || !listed || transport.equals("other"), verdict);
  }

  private static void checkNumber(Map<String, String> row, int found, String key) {
    String flows = row.getOrDefault("flows", "-");
    if (!flows.equals("-")) {
      assertEquals(Integer.parseInt(flows), found, key);
    }
  }
}
