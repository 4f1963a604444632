// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.dnsprism.capture.FrameSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CaptureInputTest {
  private static final String STANDARD_INPUT = CaptureInput.STANDARD_INPUT;

  @TempDir private Path folder = Path.of("");

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void standardInputIsReadLikeAFile() throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(1, 20_000, 200, 0));
    InputStream in = new ByteArrayInputStream(pcap.bytes());
    assertEquals(new Reading(pcap.frames(), ""), Inputs.readStandardInput(in));
  }

  @Test
  void emptyStandardInputIsDamage() throws IOException {
    Reading reading = Inputs.readStandardInput(InputStream.nullInputStream());
    assertEquals(new Reading(List.of(), "-: the file is empty, at byte 0"), reading);
  }

  /** What a pipe has brought is delivered although its writer may write again in an hour. */
  @Test
  void framesOfAnOpenPipeAreNotHeldBack() throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(2, 5, 50, 0));
    List<Long> times = new ArrayList<>();
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream pipe = new PipedInputStream(writer)) {
      writer.write(pcap.bytes());
      writer.flush();
      CaptureInput input = CaptureInput.of(List.of(STANDARD_INPUT), pipe);
      try (FrameSource source = input.open(1).get(0)) {
        while (times.size() < 5) {
          source.poll((b, o, c, w, time, l, v) -> times.add(time), 64);
        }
      }
    }
    assertEquals(pcap.frames().stream().map(TestFrame::timeNanos).toList(), times);
  }

  @Test
  void namedPipeIsReadAsAStream() throws Exception {
    assumeTrue(Commands.present("mkfifo"), "mkfifo is not installed");
    PcapBytes pcap = PcapBytes.of(Inputs.frames(3, 3_000, 200, 0));
    Path fifo = folder.resolve("fifo");
    new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.write(fifo, pcap.bytes());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();
    CaptureInput input = CaptureInput.of(List.of(fifo.toString()), InputStream.nullInputStream());
    assertEquals(-1, input.bytesTotal());
    assertEquals(
        Collections.nCopies(2, new Reading(pcap.frames(), "")), Inputs.readByAll(input, 2));
    writer.join();
  }

  @Test
  void everyConsumerSeesEveryFrame() throws Exception {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(4, 60_000, 200, 0));
    String plain = Inputs.write(folder, "plain", pcap.bytes());
    String packed = Inputs.write(folder, "packed", gzip(pcap.bytes()));
    List<Reading> expected = Collections.nCopies(5, new Reading(pcap.frames(), ""));
    for (String name : List.of(plain, packed, STANDARD_INPUT)) {
      InputStream in = new ByteArrayInputStream(pcap.bytes());
      CaptureInput input = CaptureInput.of(List.of(name), in);
      assertEquals(expected, Inputs.readByAll(input, 5), name);
    }
  }

  @Test
  void everyConsumerIsToldOfTheDamage() throws Exception {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(5, 100, 200, 0));
    int end = pcap.bytes().length;
    pcap.addHeaderOnly(pcap.frames().get(0), -1);
    Reading expected = new Reading(pcap.frames(), "-: a frame of 4294967295 bytes, at byte " + end);
    InputStream in = new ByteArrayInputStream(pcap.bytes());
    CaptureInput input = CaptureInput.of(List.of(STANDARD_INPUT), in);
    assertEquals(Collections.nCopies(3, expected), Inputs.readByAll(input, 3));
  }

  /** The others would wait for ever for one that has gone. */
  @Test
  void consumerThatClosesHoldsUpNobody() throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(6, 80_000, 200, 0));
    assertTrue(pcap.bytes().length > 6 << 20, "more than the shared blocks hold");
    InputStream in = new ByteArrayInputStream(pcap.bytes());
    List<FrameSource> sources = CaptureInput.of(List.of(STANDARD_INPUT), in).open(3);
    sources.get(1).close();
    sources.get(0).poll((b, o, c, w, t, l, v) -> {}, 10);
    sources.get(0).close();
    assertEquals(new Reading(pcap.frames(), ""), Reading.of(sources.get(2)));
    sources.get(2).close();
  }

  @Test
  void progressEndsAtTheSizeOfTheFiles() throws Exception {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(7, 20_000, 200, 0));
    List<String> names =
        List.of(
            Inputs.write(folder, "a", pcap.bytes()),
            Inputs.write(folder, "b", gzip(pcap.bytes())),
            Inputs.write(folder, "c", pcap.bytes()));
    long total = 0;
    for (String name : names) {
      total += Files.size(Path.of(name));
    }
    for (int count = 1; count <= 3; count += 2) {
      CaptureInput input = CaptureInput.of(names, InputStream.nullInputStream());
      assertEquals(0, input.bytesRead());
      assertEquals(total, input.bytesTotal());
      Inputs.readByAll(input, count);
      assertEquals(total, input.bytesRead(), count + " consumers");
    }
  }

  @Test
  void sizeOfStandardInputIsNotKnown() throws IOException {
    String file = Inputs.write(folder, "a", PcapBytes.of(List.of()).bytes());
    InputStream in = new ByteArrayInputStream(PcapBytes.of(List.of()).bytes());
    assertEquals(-1, CaptureInput.of(List.of(STANDARD_INPUT, file), in).bytesTotal());
    assertEquals(-1, CaptureInput.of(List.of(file, STANDARD_INPUT), in).bytesTotal());
  }

  @Test
  void whatIsNotThereIsToldAtOnce() {
    InputStream none = InputStream.nullInputStream();
    String missing = folder.resolve("missing.pcap").toString();
    for (String name : List.of(missing, folder.toString())) {
      NoSuchFileException e =
          assertThrows(NoSuchFileException.class, () -> CaptureInput.of(List.of(name), none), name);
      assertEquals(name, e.getFile());
    }
    List<String> twice = List.of(STANDARD_INPUT, STANDARD_INPUT);
    assertThrows(IOException.class, () -> CaptureInput.of(twice, none));
  }
}
