// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dnsprism.traffic.MakeTraffic;

/** A capture that was made for a test, and its truth. */
record MadeTraffic(Path capture, String truth) {
  /** Makes a capture in a folder. */
  static MadeTraffic in(Path directory, String... options) throws IOException {
    Path capture = directory.resolve("made.pcap");
    Path truth = directory.resolve("made.json");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-o", capture.toString(), "--truth", truth.toString()));
    assertEquals(0, MakeTraffic.run(arguments.toArray(String[]::new)));
    return new MadeTraffic(capture, Files.readString(truth));
  }

  /**
   * A count of the truth.
   *
   * @param group {@code all}, or a transport or kind
   */
  long count(String group, String what) {
    Matcher found =
        Pattern.compile("\"" + group + "\": \\{[^}]*\"" + what + "\": ([0-9]+)").matcher(truth);
    if (!found.find()) {
      throw new IllegalArgumentException(group + " has no " + what);
    }
    return Long.parseLong(found.group(1));
  }
}
