// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.dnsprism.capture.FrameSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MergedFilesTest {
  @TempDir private Path folder = Path.of("");

  private String write(String name, List<TestFrame> frames) throws IOException {
    return Inputs.write(folder, name, PcapBytes.of(frames).bytes());
  }

  private String writePacked(String name, List<TestFrame> frames) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(PcapBytes.of(frames).bytes());
    }
    return Inputs.write(folder, name, packed.toByteArray());
  }

  /** A stable sort: frames of the same time stay in the order of their files. */
  private static List<TestFrame> sorted(List<List<TestFrame>> files) {
    List<TestFrame> all = new ArrayList<>();
    files.forEach(all::addAll);
    all.sort(Comparator.comparingLong(TestFrame::timeNanos));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void framesComeInTimeOrder(int batch) throws IOException {
    SplittableRandom random = new SplittableRandom(batch);
    List<List<TestFrame>> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int file = 0; file < 9; file++) {
      List<TestFrame> frames = Inputs.frames(random.nextLong(), 400, 30, 0);
      frames.replaceAll(frame -> frame.at(random.nextLong(300))); // many at the same time
      frames.sort(Comparator.comparingLong(TestFrame::timeNanos));
      files.add(frames);
      names.add(file % 3 == 0 ? writePacked("f" + file, frames) : write("f" + file, frames));
    }
    CaptureInput input = CaptureInput.of(names, InputStream.nullInputStream());
    try (FrameSource source = input.open(1).get(0)) {
      assertEquals(new Reading(sorted(files), ""), Reading.of(source, batch));
    }
  }

  /** Hourly files, named in no order: each begins after another has ended. */
  @Test
  void filesOneAfterTheOtherAreJoined() throws IOException {
    List<TestFrame> first = Inputs.frames(1, 300, 50, 0);
    List<TestFrame> second = Inputs.frames(2, 300, 50, 1_000_000_000L);
    List<TestFrame> third = Inputs.frames(3, 300, 50, 2_000_000_000L);
    Reading reading = Inputs.read(write("c", third), writePacked("a", first), write("b", second));
    assertEquals(new Reading(sorted(List.of(first, second, third)), ""), reading);
  }

  @Test
  void framesOfOneFileStayInItsOrder() throws IOException {
    List<TestFrame> jumps =
        List.of(
            TestFrame.of(new byte[] {1}, 1, 50),
            TestFrame.of(new byte[] {2}, 1, 10),
            TestFrame.of(new byte[] {3}, 1, 60));
    List<TestFrame> other =
        List.of(TestFrame.of(new byte[] {4}, 1, 55), TestFrame.of(new byte[] {5}, 1, 70));
    List<TestFrame> expected =
        List.of(jumps.get(0), jumps.get(1), other.get(0), jumps.get(2), other.get(1));
    assertEquals(
        new Reading(expected, ""), Inputs.read(write("jumps", jumps), write("other", other)));
  }

  @Test
  void emptyCapturesAddNothing() throws IOException {
    List<TestFrame> frames = Inputs.frames(4, 10, 50, 0);
    Reading reading =
        Inputs.read(write("a", List.of()), write("b", frames), writePacked("c", List.of()));
    assertEquals(new Reading(frames, ""), reading);
    assertEquals(
        new Reading(List.of(), ""), Inputs.read(write("d", List.of()), write("e", List.of())));
  }

  @Test
  void differentFormatsAndLinkTypesAreMerged() throws IOException {
    List<TestFrame> frames = Inputs.frames(5, 9, 50, 0);
    PcapBytes pcap = new PcapBytes(0xa1b2c3d4, ByteOrder.BIG_ENDIAN, 101);
    PcapngBytes blocks = PcapngBytes.of(ByteOrder.LITTLE_ENDIAN).network(113, 0);
    SnoopBytes snoop = new SnoopBytes(SnoopBytes.ETHERNET);
    List<TestFrame> expected = new ArrayList<>();
    for (int i = 0; i < 9; i += 3) {
      pcap.add(frames.get(i).onLink(101));
      blocks.enhanced(0, frames.get(i + 1).timeNanos() / 1000, frames.get(i + 1).onLink(113));
      snoop.add(frames.get(i + 2));
      expected.add(frames.get(i).onLink(101));
      expected.add(frames.get(i + 1).onLink(113));
      expected.add(frames.get(i + 2));
    }
    Reading reading =
        Inputs.read(
            Inputs.write(folder, "a", pcap.bytes()),
            Inputs.write(folder, "b", blocks.bytes()),
            Inputs.write(folder, "c", snoop.bytes()));
    assertEquals(new Reading(expected, ""), reading);
  }

  /** All other files are read to their ends before the damage is told, and each is named. */
  @Test
  void damagedFilesDoNotStopTheOthers() throws IOException {
    List<TestFrame> frames = Inputs.frames(6, 300, 50, 0);
    PcapBytes cut = PcapBytes.of(frames.subList(0, 100));
    int end = cut.bytes().length;
    cut.addHeaderOnly(frames.get(0), 5);
    String cutName = Inputs.write(folder, "cut", cut.bytes());
    String emptyName = Inputs.write(folder, "empty", new byte[0]);
    Reading reading = Inputs.read(cutName, write("whole", frames.subList(100, 300)), emptyName);
    assertEquals(frames, reading.frames());
    assertEquals(
        emptyName
            + ": the file is empty, at byte 0; "
            + cutName
            + ": cut off in the middle of a record, at byte "
            + end,
        reading.damage());
  }

  @Test
  void everyConsumerSeesTheSameOrder() throws Exception {
    List<TestFrame> even = Inputs.frames(7, 40_000, 200, 0);
    List<TestFrame> odd = Inputs.frames(8, 40_000, 200, 500_000);
    List<TestFrame> stream = Inputs.frames(9, 40_000, 200, 250_000);
    List<String> names =
        List.of(writePacked("even", even), CaptureInput.STANDARD_INPUT, writePacked("odd", odd));
    InputStream in = new ByteArrayInputStream(PcapBytes.of(stream).bytes());
    Reading expected = new Reading(sorted(List.of(even, stream, odd)), "");
    assertEquals(Collections.nCopies(4, expected), Inputs.readByAll(CaptureInput.of(names, in), 4));
  }

  /** Closed at its start, it has not opened the later file, for which the others wait. */
  @Test
  void consumerThatClosesHoldsUpNobody() throws IOException {
    List<TestFrame> early = Inputs.frames(10, 10, 50, 0);
    List<TestFrame> late = Inputs.frames(11, 80_000, 200, 1_000_000_000L);
    List<String> names = List.of(writePacked("early", early), writePacked("late", late));
    CaptureInput input = CaptureInput.of(names, InputStream.nullInputStream());
    List<FrameSource> sources = input.open(2);
    sources.get(0).poll((b, o, c, w, t, l, v) -> {}, 1);
    sources.get(0).close();
    assertEquals(new Reading(sorted(List.of(early, late)), ""), Reading.of(sources.get(1)));
    sources.get(1).close();
  }

  @Test
  void manyPackedFilesAreOpenOneAtATime() throws IOException {
    List<String> names = new ArrayList<>();
    List<TestFrame> expected = new ArrayList<>();
    for (int file = 0; file < 2_000; file++) {
      List<TestFrame> frames = Inputs.frames(file, 3, 20, file * 1_000_000_000L);
      expected.addAll(frames);
      names.add(writePacked("f" + file, frames));
    }
    Reading reading = Inputs.read(names.toArray(String[]::new));
    assertEquals(new Reading(expected, ""), reading);
  }
}
