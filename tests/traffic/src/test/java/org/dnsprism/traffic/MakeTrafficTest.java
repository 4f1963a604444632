// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a seed gives. */
class MakeTrafficTest {
  private static final int PACKETS = 4_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mixed", "dns", "held"})
  void sameSeedGivesSameBytes(String mix) throws IOException {
    Path first = make("first", mix, "7");
    Path second = make("second", mix, "7");
    assertEquals(-1, Files.mismatch(first, second));
    assertEquals(-1, Files.mismatch(truth(first), truth(second)));
  }

  @Test
  void anotherSeedGivesOtherBytes() throws IOException {
    assertNotEquals(-1, Files.mismatch(make("first", "mixed", "7"), make("second", "mixed", "8")));
  }

  private Path make(String name, String mix, String seed) {
    Path file = directory.resolve(name);
    int code =
        MakeTraffic.run(
            "--packets=" + PACKETS,
            "--mix=" + mix,
            "--seed=" + seed,
            "--loss=0.01",
            "--reorder=0.02",
            "--duplicates=0.03",
            "--snap=96",
            "-o",
            file.toString(),
            "--truth",
            truth(file).toString());
    assertEquals(0, code);
    return file;
  }

  private static Path truth(Path file) {
    return file.resolveSibling(file.getFileName() + ".json");
  }
}
