// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packed captures, known by their first bytes whatever their names are. */
class CompressedInputTest {
  private static final int BLOCK = 1 << 20;

  @TempDir private Path folder = Path.of("");

  /** The libraries that write what is read here. */
  enum Packing {
    GZIP,
    ZSTD,
    LZ4,
    XZ;

    byte[] pack(byte[] bytes) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = open(packed)) {
        out.write(bytes);
      }
      return packed.toByteArray();
    }

    private OutputStream open(OutputStream packed) throws IOException {
      return switch (this) {
        case GZIP -> new GZIPOutputStream(packed);
        case ZSTD -> new ZstdOutputStream(packed);
        case LZ4 -> new LZ4FrameOutputStream(packed, BLOCKSIZE.SIZE_64KB);
        case XZ -> new XZOutputStream(packed, new LZMA2Options(1));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileIsUnpackedWhateverItsName(Packing packing) throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(1, 20_000, 200, 0));
    assertTrue(pcap.bytes().length > BLOCK, "more than one block");
    String path = Inputs.write(folder, "capture.pcap", packing.pack(pcap.bytes()));
    assertEquals(new Reading(pcap.frames(), ""), Inputs.read(path));
  }

  @ParameterizedTest
  @EnumSource
  void standardInputIsUnpacked(Packing packing) throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(2, 3_000, 100, 0));
    InputStream packed = new ByteArrayInputStream(packing.pack(pcap.bytes()));
    assertEquals(
        new Reading(pcap.frames(), ""), Inputs.readStandardInput(Inputs.slowPipe(packed, 100)));
  }

  /** A file made by appending packed parts is one capture; its parts may end anywhere. */
  @ParameterizedTest
  @EnumSource
  void partsPackedOneByOneAreOneStream(Packing packing) throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(3, 1_000, 100, 0));
    byte[] first = packing.pack(Arrays.copyOf(pcap.bytes(), 30_001));
    byte[] second = packing.pack(Arrays.copyOfRange(pcap.bytes(), 30_001, pcap.bytes().length));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    String path = Inputs.write(folder, "parts", both);
    assertEquals(new Reading(pcap.frames(), ""), Inputs.read(path));
    // A pipe whose writer pauses just where the first part ends.
    InputStream pipe = Inputs.slowPipe(new ByteArrayInputStream(both), first.length);
    assertEquals(new Reading(pcap.frames(), ""), Inputs.readStandardInput(pipe));
  }

  /** The unpacked length is a whole number of blocks, so that the last one is empty. */
  @ParameterizedTest
  @EnumSource
  void captureOfWholeBlocksIsWhole(Packing packing) throws IOException {
    List<TestFrame> frames = Inputs.frames(4, 10, 0, 0);
    int header = 24 + (16 * 10) + 16;
    int rest = 2 * BLOCK - header;
    PcapBytes pcap = PcapBytes.of(frames);
    for (int left = rest; left > 0; ) {
      int length = Math.min(left, 262_144);
      left -= length + (length < left ? 16 : 0);
      pcap.add(TestFrame.of(new byte[length], length, 0));
    }
    assertEquals(2 * BLOCK, pcap.bytes().length);
    String path = Inputs.write(folder, "blocks", packing.pack(pcap.bytes()));
    assertEquals(new Reading(pcap.frames(), ""), Inputs.read(path));
  }

  /** All that can be unpacked is delivered, and the message says where it ended. */
  @ParameterizedTest
  @EnumSource
  void cutStreamGivesAllThatStandsBeforeTheCut(Packing packing) throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(5, 30_000, 200, 0));
    byte[] packed = packing.pack(pcap.bytes());
    for (int part = 1; part < 8; part++) {
      byte[] cut = Arrays.copyOf(packed, packed.length / 8 * part);
      Reading reading = Inputs.read(Inputs.write(folder, "cut", cut));
      int frames = reading.frames().size();
      assertEquals(pcap.frames().subList(0, frames), reading.frames());
      // The unit that the format unpacks at once may be lost, and no more.
      int lost = 30_000 / 8 * part - frames;
      assertTrue(lost < 30_000 / 20, packing + " lost " + lost + " frames of part " + part);
      assertTrue(reading.damage().contains("cut: cannot be unpacked: "), reading.damage());
      int place = endOfFrame(pcap, frames);
      assertTrue(reading.damage().endsWith(", at byte " + place), reading.damage());
    }
  }

  private static int endOfFrame(PcapBytes pcap, int frames) {
    return pcap.framesByEnd().entrySet().stream()
        .filter(entry -> entry.getValue() == frames)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @ParameterizedTest
  @EnumSource
  void streamCutAtAnyOfItsFirstBytesEndsWithoutFrames(Packing packing) throws IOException {
    byte[] packed = packing.pack(PcapBytes.of(Inputs.frames(6, 3, 10, 0)).bytes());
    for (int length = 0; length < 16; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      Reading reading = Inputs.read(Inputs.write(folder, "cut", cut));
      assertEquals(List.of(), reading.frames());
      assertTrue(reading.damage().endsWith(", at byte 0"), reading.damage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void flippedBytesNeverThrowAnythingElse(Packing packing) throws IOException {
    PcapBytes pcap = PcapBytes.of(Inputs.frames(7, 200, 100, 0));
    byte[] packed = packing.pack(pcap.bytes());
    for (int at = 0; at < packed.length; at += 1 + packed.length / 300) {
      byte[] bad = packed.clone();
      bad[at] ^= (byte) (1 + at % 255);
      Reading reading = Inputs.read(Inputs.write(folder, "bad", bad));
      assertTrue(reading.frames().size() <= 200);
    }
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of(List.of("gzip", "-9", "-c")),
        Arguments.of(List.of("gzip", "-1", "-c")),
        Arguments.of(List.of("zstd", "-19", "-c")),
        Arguments.of(List.of("zstd", "--long=27", "-T2", "-c")),
        Arguments.of(List.of("lz4", "-c")),
        Arguments.of(List.of("lz4", "-9", "-B4", "-BX", "--content-size", "-c")),
        Arguments.of(List.of("xz", "-9e", "-c")),
        Arguments.of(List.of("xz", "-T2", "--block-size=300000", "-c")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatTheCommandsPackIsUnpacked(List<String> command) throws Exception {
    assumeTrue(Commands.present(command.get(0)), command.get(0) + " is not installed");
    PcapBytes pcap = PcapBytes.of(Inputs.frames(8, 20_000, 200, 0));
    Path plain = Files.write(folder.resolve("plain"), pcap.bytes());
    Path packed = folder.resolve("packed");
    Commands.run(command, plain, packed);
    assertEquals(new Reading(pcap.frames(), ""), Inputs.read(packed.toString()));
  }

  /** A dictionary that would take more memory than any preset is refused, not tried. */
  @Test
  void hugeDictionaryIsRefused() throws IOException {
    byte[] packed = Packing.XZ.pack(PcapBytes.of(Inputs.frames(9, 3, 10, 0)).bytes());
    // Block header at 12: size, flags, filter id, size of properties, dictionary, then CRC32.
    packed[16] = 37;
    CRC32 crc = new CRC32();
    crc.update(packed, 12, 8);
    for (int i = 0; i < 4; i++) {
      packed[20 + i] = (byte) (crc.getValue() >>> (8 * i));
    }
    Reading reading = Inputs.read(Inputs.write(folder, "huge.xz", packed));
    assertEquals(List.of(), reading.frames());
    assertTrue(reading.damage().contains("KiB of memory would be needed"), reading.damage());
  }
}
