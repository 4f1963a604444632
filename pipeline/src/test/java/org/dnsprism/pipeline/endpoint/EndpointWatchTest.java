// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while a run goes on; the watch is made to look instead of waiting for it. */
class EndpointWatchTest {
  private final List<String> lines = new ArrayList<>();

  @TempDir Path folder;
  private Path own;
  private Path overlay;
  private EndpointFiles files;
  private EndpointList first;
  private EndpointWatch watch;

  @BeforeEach
  void start() throws Exception {
    own = folder.resolve("own.tsv");
    overlay = folder.resolve("overlay.tsv");
    write(own, "exact\tr.test\tOurs");
    files = new EndpointFiles(overlay, List.of(own));
    first = files.read();
    watch = new EndpointWatch(files, first, lines::add);
  }

  private static void write(Path file, String rule) throws Exception {
    Files.writeString(file, "kind\tvalue\toperator\n" + rule + "\n");
  }

  private void look() {
    watch.look();
    watch.look(); // what rests between two looks is read
  }

  private static int operator(EndpointList list, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return list.operatorIndex(list.findName(bytes, 0, bytes.length));
  }

  @Test
  void nothingHappensWithoutChange() {
    look();
    look();
    assertSame(first, watch.get());
    assertEquals(List.of(), lines);
  }

  @Test
  void changedListComesIntoForceAndOperatorsKeepTheirNumbers() throws Exception {
    int google = operator(first, "dns.google");
    int ours = operator(first, "r.test");
    write(own, "exact\tr.test\tAAA, first in order");
    look();
    EndpointList second = watch.get();
    assertNotSame(first, second);
    assertEquals("AAA, first in order", second.operator(operator(second, "r.test")));
    assertEquals(first.operatorCount(), operator(second, "r.test"), "a new number");
    assertEquals("Ours", second.operator(ours));
    assertEquals(google, operator(second, "dns.google"));
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains(second.digest()), lines.get(0));
  }

  @Test
  void overlayThatAppearsIsTaken() throws Exception {
    write(overlay, "exact\tfresh.test\tFresh");
    look();
    assertEquals("Fresh", watch.get().operator(operator(watch.get(), "fresh.test")));
    Files.delete(overlay);
    look();
    assertEquals(0, operator(watch.get(), "fresh.test"));
    assertEquals(first.digest(), watch.get().digest());
  }

  @Test
  void brokenListIsRefusedOnceAndTheOldOneStays() throws Exception {
    write(own, "exact\ta/b\tOurs");
    look();
    look();
    assertSame(first, watch.get());
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("own.tsv:2: "), lines.get(0));
    Files.delete(own);
    look();
    assertSame(first, watch.get());
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.get(1).contains("own.tsv"), lines.get(1));
    write(own, "exact\tr.test\tMended");
    look();
    assertEquals("Mended", watch.get().operator(operator(watch.get(), "r.test")));
  }

  @Test
  void fileIsNotReadWhileItIsBeingWritten() throws Exception {
    write(own, "exact\tr.test");
    watch.look();
    write(own, "exact\tr.test\tWhole");
    look();
    assertEquals("Whole", watch.get().operator(operator(watch.get(), "r.test")));
    assertEquals(1, lines.size(), lines.toString());
  }
}
