// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/** Captures written by libpcap and by the tools of Wireshark, where these are installed. */
class ForeignWritersTest {
  private static final long START = 1_700_000_000_000_000_000L;

  @TempDir private Path folder = Path.of("");

  /** Random frames of 14 bytes and more, as a converter may look at the Ethernet header. */
  private static List<TestFrame> frames(long seed) {
    List<TestFrame> frames = new ArrayList<>(Inputs.frames(seed, 500, 1500, START + seed * 1000));
    frames.removeIf(frame -> frame.wireLength() < 14);
    return frames;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcap", "nsecpcap", "modpcap", "pcapng", "snoop"})
  void whatEditcapWritesIsReadBack(String format) throws Exception {
    assumeTrue(Commands.present("editcap"), "editcap is not installed");
    List<TestFrame> frames = frames(1);
    Path converted = convert(List.of("editcap", "-F", format, "-", "-"), frames);
    assertEquals(new Reading(frames, ""), Inputs.read(converted.toString()));
  }

  /** Cut by a snap length, the frames keep the length that they had on the wire. */
  @ParameterizedTest
  @ValueSource(strings = {"pcap", "pcapng", "snoop"})
  void framesCutByEditcapAreShorterThanOnTheWire(String format) throws Exception {
    assumeTrue(Commands.present("editcap"), "editcap is not installed");
    List<TestFrame> frames = frames(2);
    Path converted = convert(List.of("editcap", "-s", "99", "-F", format, "-", "-"), frames);
    frames.replaceAll(ForeignWritersTest::cut);
    assertEquals(new Reading(frames, ""), Inputs.read(converted.toString()));
  }

  private static TestFrame cut(TestFrame frame) {
    String kept = frame.data().substring(0, Math.min(2 * 99, frame.data().length()));
    return new TestFrame(kept, frame.wireLength(), frame.timeNanos(), frame.linkType());
  }

  private Path convert(List<String> command, List<TestFrame> frames) throws Exception {
    Path plain = Files.write(folder.resolve("plain"), PcapBytes.of(frames).bytes());
    Path converted = folder.resolve("converted");
    Commands.run(command, plain, converted);
    return converted;
  }

  @Test
  void orderOfMergedFilesIsThatOfMergecap() throws Exception {
    assumeTrue(Commands.present("mergecap"), "mergecap is not installed");
    List<String> names = new ArrayList<>();
    for (int file = 1; file <= 4; file++) {
      byte[] bytes = PcapBytes.of(frames(file)).bytes();
      names.add(Inputs.write(folder, "part" + file, bytes));
    }
    Path merged = folder.resolve("merged");
    List<String> command = new ArrayList<>(List.of("mergecap", "-F", "nsecpcap", "-w", "-"));
    command.addAll(names);
    Commands.run(command, Path.of(names.get(0)), merged);
    Reading reading = Inputs.read(names.toArray(String[]::new));
    assertEquals(Inputs.read(merged.toString()), reading);
  }

  @Test
  void whatLibpcapWritesIsReadBack() throws Exception {
    List<TestFrame> frames = frames(5);
    Path file = folder.resolve("dumped");
    try (PcapHandle handle = openDead();
        PcapDumper dumper = handle.dumpOpen(file.toString())) {
      for (TestFrame frame : frames) {
        Timestamp time = new Timestamp(frame.timeNanos() / 1_000_000);
        time.setNanos((int) (frame.timeNanos() % 1_000_000_000));
        dumper.dumpRaw(frame.bytes(), time);
      }
    }
    assertEquals(new Reading(frames, ""), Inputs.read(file.toString()));
  }

  private static PcapHandle openDead() throws PcapNativeException {
    try {
      return Pcaps.openDead(DataLinkType.EN10MB, 262_144);
    } catch (LinkageError e) {
      throw new TestAbortedException("libpcap is not installed", e);
    }
  }
}
