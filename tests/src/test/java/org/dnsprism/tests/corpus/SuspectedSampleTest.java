// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.LabCaptures;
import org.junit.jupiter.api.Test;

/**
 * Some flows of {@code tests/lab/make-behaviour -n}: DNS over HTTPS to servers that no list knows,
 * and other small exchanges. The truth says which server each flow went to.
 */
class SuspectedSampleTest {
  private static final Path FOLDER = LabCaptures.root().resolve("tests/lab/behaviour/sample");
  private static final double DEFAULT = FlowSettings.DEFAULT_SUSPECT_THRESHOLD;

  /** Names of the lab's resolvers, as in tests/lab/behaviour/etc/addresses.tsv. */
  private static final String LISTED =
      "kind\tvalue\toperator\tprotocols\nsuffix\tlab.test\tLab\tdoh:443,doh3:443\n";

  @Test
  void onlyDnsIsSuspected() throws Exception {
    Map<String, String> labels = labels();
    Set<String> suspected = suspected(run(1, EndpointList.bundled(), DEFAULT));
    for (String flow : suspected) {
      assertTrue(labels.getOrDefault(flow, "").startsWith("doh"), flow);
    }
    assertTrue(suspected.size() >= 5, suspected::toString);
  }

  /** Its hello comes in two datagrams. */
  @Test
  void dnsOverHttp3OfChromiumIsAmongThem() throws Exception {
    Set<String> suspected = suspected(run(1, EndpointList.bundled(), DEFAULT));
    assertTrue(suspected.stream().anyMatch(flow -> flow.endsWith(" udp")), suspected::toString);
  }

  @Test
  void higherThresholdSuspectsNoOther() throws Exception {
    Set<String> before = suspected(run(1, EndpointList.bundled(), 0));
    int all = before.size();
    for (double threshold : new double[] {0.1, 0.5, 0.7, DEFAULT, 0.95, 1}) {
      Set<String> now = suspected(run(1, EndpointList.bundled(), threshold));
      assertTrue(before.containsAll(now), () -> threshold + ": " + now);
      before = now;
    }
    assertEquals(Set.of(), before);
    assertTrue(all > 20, () -> "scored: " + all);
  }

  @Test
  void nothingIsSuspectedIfSo() throws Exception {
    RunOfCapture run = run(1, EndpointList.bundled(), FlowSettings.NEVER_SUSPECT);
    assertEquals(Set.of(), suspected(run));
  }

  @Test
  void numberOfThreadsChangesNothing() throws Exception {
    RunOfCapture one = run(1, EndpointList.bundled(), DEFAULT);
    assertArrayEquals(one.json(), run(4, EndpointList.bundled(), DEFAULT).json());
  }

  @Test
  void listedNameIsNeverSuspected() throws Exception {
    EndpointList list =
        EndpointList.parse(List.of(new EndpointSource("lab", new StringReader(LISTED))));
    RunOfCapture run = run(1, list, 0);
    Map<String, String> labels = labels();
    int named = 0;
    for (FlowRecord flow : run.flows()) {
      String name = flow.sni();
      if (name != null && name.endsWith(".lab.test")) {
        assertEquals(labels.get(key(flow)), flow.transport(), () -> key(flow));
        named++;
      }
    }
    assertTrue(named >= 10, "named: " + named);
  }

  private static RunOfCapture run(int threads, EndpointList list, double threshold)
      throws Exception {
    String file = FOLDER.resolve("behaviour.pcap.zst").toString();
    CaptureInput input = CaptureInput.of(List.of(file), InputStream.nullInputStream());
    RunOfCapture run = RunOfCapture.of(input, "behaviour", threads, list, threshold);
    assertNull(run.failure());
    return run;
  }

  private static Map<String, String> labels() throws Exception {
    Map<String, String> labels = new HashMap<>();
    for (Map<String, String> row : SharedCaptures.rows(FOLDER.resolve("TRUTH.tsv"))) {
      String ends = row.get("client") + " " + row.get("client_port") + " " + row.get("server");
      String key = ends + " " + row.get("server_port") + " " + row.get("protocol");
      labels.put(key, row.getOrDefault("label", ""));
    }
    return labels;
  }

  private static Set<String> suspected(RunOfCapture run) {
    Set<String> found = new HashSet<>();
    for (FlowRecord flow : run.flows()) {
      if (flow.transport().equals("suspected")) {
        found.add(key(flow));
      }
    }
    return found;
  }

  private static String key(FlowRecord flow) {
    String ends = flow.clientIp() + " " + flow.clientPort() + " " + flow.serverIp();
    return ends + " " + flow.serverPort() + " " + flow.protocol();
  }
}
