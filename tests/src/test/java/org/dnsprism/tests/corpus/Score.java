// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.corpus;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dnsprism.pipeline.record.FlowRecord;

/** Verdicts held against labels: right and wrong by class, messages counted exactly or not. */
final class Score {
  private static final int MOST_SHOWN = 100;
  private static final String NONE = "none";
  private static final List<String> ENCRYPTED = List.of("dot", "doh", "doh3", "doq", "dnscrypt");
  private static final Map<String, String> SAME =
      Map.of(
          "doh-h1",
          "doh",
          "doh-h2",
          "doh",
          "doh-h3",
          "doh3",
          "doh-clear",
          "doh-plain",
          "other-tls",
          NONE,
          "other-quic",
          NONE,
          "other",
          NONE,
          "suspected",
          NONE);

  private final Map<String, int[]> classes = new TreeMap<>();
  private final Map<String, int[]> peer = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> differing = new ArrayList<>();
  private int flows;
  private int right;
  private int counted;
  private int countedExactly;
  private int negatives;
  private int suspectedWrongly;
  private int exactAfterFaults;
  private final Map<String, Map<String, String>> faults;

  /** Scores; each proven fault is a row of a label that has the right numbers of messages. */
  Score(List<Map<String, String>> provenFaults) {
    faults = provenFaults.stream().collect(Collectors.toMap(Score::flow, row -> row));
  }

  private static String flow(Map<String, String> row) {
    return cell(row, "file") + " " + cell(row, "flow");
  }

  /** Takes the labelled flows of a capture and the records that were made of it. */
  void add(List<Map<String, String>> labelled, List<FlowRecord> records) {
    Map<String, List<FlowRecord>> byKey = new HashMap<>();
    for (FlowRecord record : records) {
      String key =
          key(
              record.protocol(),
              String.valueOf(record.clientIp()),
              String.valueOf(record.clientPort()),
              record.serverIp(),
              String.valueOf(record.serverPort()));
      byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(record);
    }
    for (Map<String, String> row : labelled) {
      String key =
          key(
              cell(row, "proto"),
              cell(row, "client"),
              cell(row, "client_port"),
              cell(row, "server"),
              cell(row, "server_port"));
      judge(row, key, byKey.getOrDefault(key, List.of()));
    }
  }

  private void judge(Map<String, String> row, String key, List<FlowRecord> records) {
    String label = same(cell(row, "label"));
    Set<String> wanted = wanted(row);
    String got = records.isEmpty() ? NONE : same(records.get(0).transport());
    for (FlowRecord record : records) {
      got = wanted.contains(got) ? got : same(record.transport());
    }
    flows++;
    judgeSuspicion(label, wanted, records);
    judgePeer(label, cell(row, "ndpi_4.2"));
    if (wanted.contains(got)) {
      right++;
      count(got.equals(label) || wanted.size() == 1 ? got : NONE)[0]++;
    } else {
      count(label)[1]++;
      count(got)[2]++;
      wrong.add(cell(row, "file") + " " + key + " is " + label + ", taken for " + got);
    }
    judgeMessages(row, records);
  }

  /** A suspicion counts as no DNS above; here it counts as wrong where the label is not DNS. */
  private void judgeSuspicion(String label, Set<String> wanted, List<FlowRecord> records) {
    if (label.equals(NONE) && wanted.size() == 1) {
      negatives++;
      boolean suspected = records.stream().anyMatch(r -> r.transport().equals("suspected"));
      suspectedWrongly += suspected ? 1 : 0;
    }
  }

  /** What nDPI 4.2 said of the flow, as the table of labels has it. */
  private void judgePeer(String label, String said) {
    boolean agrees =
        switch (label) {
          case "do53-udp", "do53-tcp" -> said.equals("DNS") || said.startsWith("DNS.");
          case "dot", "doh", "doh3", "doq", "doh-plain" -> said.contains("DoH_DoT");
          case "dnscrypt" -> said.equals("DNScrypt");
          case "mdns", "llmnr" -> said.equalsIgnoreCase(label);
          default -> !said.contains("DNS") && !said.contains("DoH_DoT");
        };
    peer.computeIfAbsent(label, any -> new int[2])[agrees ? 0 : 1]++;
  }

  private double peerRecall(String label) {
    int[] counts = peer.getOrDefault(label, new int[2]);
    return counts[0] + counts[1] == 0 ? 1 : (double) counts[0] / (counts[0] + counts[1]);
  }

  private void judgeMessages(Map<String, String> row, List<FlowRecord> records) {
    String queries = cell(row, "dns_queries");
    String notes = cell(row, "notes");
    boolean countable = !queries.isEmpty() && !queries.equals("-");
    if (!cell(row, "label").startsWith("do53")
        || !countable
        || notes.contains("bad")
        || notes.contains("malformed")) {
      return;
    }
    long asked = 0;
    long answered = 0;
    for (FlowRecord record : records) {
      asked += record.queries() == null ? 0 : record.queries();
      answered += record.responses() == null ? 0 : record.responses();
    }
    counted++;
    boolean exact = agrees(row, asked, answered);
    countedExactly += exact ? 1 : 0;
    exactAfterFaults += agrees(faults.getOrDefault(flow(row), row), asked, answered) ? 1 : 0;
    if (!exact) {
      differing.add(
          "%s %s: %s queries and %s responses, counted %d and %d"
              .formatted(
                  cell(row, "file"),
                  cell(row, "flow"),
                  queries,
                  cell(row, "dns_responses"),
                  asked,
                  answered));
    }
  }

  private static boolean agrees(Map<String, String> row, long asked, long answered) {
    return asked == Long.parseLong(cell(row, "dns_queries"))
        && answered == Long.parseLong(cell(row, "dns_responses"));
  }

  private static Set<String> wanted(Map<String, String> row) {
    Set<String> wanted = new HashSet<>();
    wanted.add(same(cell(row, "label")));
    for (String alternative : cell(row, "alt").split(",", -1)) {
      if (!alternative.equals("-")) {
        wanted.add(same(alternative));
      }
    }
    return wanted;
  }

  private int[] count(String label) {
    return classes.computeIfAbsent(label, any -> new int[3]);
  }

  private static String same(String label) {
    return SAME.getOrDefault(label, label);
  }

  private static String cell(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  private static String key(String proto, String a, String aPort, String b, String bPort) {
    String one = address(a) + "#" + aPort;
    String two = address(b) + "#" + bPort;
    return proto + " " + (one.compareTo(two) < 0 ? one + " " + two : two + " " + one);
  }

  /** Canonical text; only literals are given, so that nothing is looked up. */
  private static String address(String text) {
    String bare = text.split("%", -1)[0];
    if (!bare.matches("[0-9a-fA-F:.]+")) {
      return text;
    }
    try {
      return InetAddress.getByAddress(InetAddress.getByName(bare).getAddress()).getHostAddress();
    } catch (UnknownHostException e) {
      return text;
    }
  }

  double accuracy() {
    return (double) right / flows;
  }

  /** Share of the flows without DNS that are suspected. */
  double falseSuspicion() {
    return (double) suspectedWrongly / negatives;
  }

  double exactMessages() {
    return (double) countedExactly / counted;
  }

  /** As {@link #exactMessages}, with labels that are proven to be wrong put right. */
  double exactMessagesAfterFaults() {
    return (double) exactAfterFaults / counted;
  }

  /** The part of all flows of encrypted DNS that is found, by us or by nDPI. */
  private double encryptedFound(Map<String, int[]> by) {
    int found = 0;
    int all = 0;
    for (String label : ENCRYPTED) {
      int[] counts = by.getOrDefault(label, new int[2]);
      found += counts[0];
      all += counts[0] + counts[1];
    }
    return all == 0 ? 1 : (double) found / all;
  }

  double precision(String label) {
    int[] counts = count(label);
    return counts[0] + counts[2] == 0 ? 1 : (double) counts[0] / (counts[0] + counts[2]);
  }

  double recall(String label) {
    int[] counts = count(label);
    return counts[0] + counts[1] == 0 ? 1 : (double) counts[0] / (counts[0] + counts[1]);
  }

  /** The labels that DNS has in the captures. */
  List<String> dnsClasses() {
    return classes.keySet().stream().filter(label -> !label.equals(NONE)).toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    classes.forEach(
        (label, counts) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-10s right %6d missed %5d wrongly %5d precision %.4f recall %.4f (nDPI 4.2: %.4f)%n",
                    label,
                    counts[0],
                    counts[1],
                    counts[2],
                    precision(label),
                    recall(label),
                    peerRecall(label))));
    text.append(
        String.format(
            Locale.ROOT,
            "flows right %d of %d: %.4f; messages exact %d of %d: %.4f%n"
                + "after proven label faults: messages exact %d of %d: %.4f%n"
                + "encrypted DNS flows found: %.4f (nDPI 4.2: %.4f)%n",
            right,
            flows,
            accuracy(),
            countedExactly,
            counted,
            exactMessages(),
            exactAfterFaults,
            counted,
            exactMessagesAfterFaults(),
            encryptedFound(classes),
            encryptedFound(peer)));
    text.append(
        String.format(
            Locale.ROOT, "suspected %d of %d without DNS%n", suspectedWrongly, negatives));
    differing.stream().limit(MOST_SHOWN).forEach(line -> text.append(line).append('\n'));
    wrong.stream()
        .limit(MOST_SHOWN)
        .forEach(line -> text.append("wrong: ").append(line).append('\n'));
    return text.toString();
  }
}
