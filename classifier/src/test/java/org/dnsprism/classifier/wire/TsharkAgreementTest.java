// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tshark finds in the hand-made frames, where it is installed: the same inner packets. */
class TsharkAgreementTest {
  private static final List<String> FIELDS =
      List.of(
          "frame.protocols",
          "ip.src",
          "ip.dst",
          "ipv6.src",
          "ipv6.dst",
          "udp.srcport",
          "tcp.srcport",
          "udp.dstport",
          "tcp.dstport",
          "udp.payload",
          "tcp.payload",
          "tcp.seq_raw",
          "tcp.ack_raw");

  private static final List<String> OPTIONS =
      List.of(
          "-dudp.port==8472,vxlan",
          "-dmpls.label==101,pwethnocw",
          "-dmpls.label==102,pwethcw",
          "-ouat:user_dlts:\"User 2 (DLT=149)\",\"pktap\",\"0\",\"\",\"0\",\"\"",
          "-Eoccurrence=l");

  /**
   * What tshark 4.0 does not follow: three link types, a tag that is a setting there, and LISP
   * unless it is alone in a capture.
   */
  private static final Set<String> UNKNOWN =
      Set.of(
          "PPP of pppd, received",
          "PPP of pppd, sent",
          "MPLS without Ethernet",
          "LISP",
          "QinQ with 0x9200");

  @TempDir Path directory;

  @Test
  void tsharkFindsTheSamePackets() throws IOException, InterruptedException {
    List<FrameCase> frames =
        FrameCases.all().stream().filter(frame -> !UNKNOWN.contains(frame.name())).toList();
    List<String> lines = tshark(frames);
    assertEquals(frames.size(), lines.size());
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      FrameCase frame = frames.get(i);
      expected.add(frame.name() + ": " + expected(frame));
      found.add(frame.name() + ": " + summary(lines.get(i).split("\t", -1)));
    }
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  private static String expected(FrameCase frame) {
    Inner inner = frame.inner();
    boolean tcp = inner.protocol() == Packet.TCP;
    String addresses =
        inner.ipVersion() == 4 ? "192.0.2.1 198.51.100.53" : "2001:db8::1 2001:db8::53";
    String numbers = tcp ? " 4275878552 2309737967" : "";
    String payload = (tcp ? "001d" : "") + Inner.QUERY.replace(" ", "");
    return addresses + " " + inner.sourcePort() + " 53 " + payload + numbers;
  }

  /** The last IP version that tshark names is that of the innermost header. */
  private static String summary(String[] row) {
    String layers = ":" + row[0] + ":";
    boolean six = layers.lastIndexOf(":ipv6:") > layers.lastIndexOf(":ip:");
    boolean tcp = layers.contains(":tcp:");
    String addresses = six ? row[3] + " " + row[4] : row[1] + " " + row[2];
    String ports = tcp ? row[6] + " " + row[8] : row[5] + " " + row[7];
    String numbers = tcp ? " " + row[11] + " " + row[12] : "";
    return addresses + " " + ports + " " + (tcp ? row[10] : row[9]) + numbers;
  }

  private List<String> tshark(List<FrameCase> frames) throws IOException, InterruptedException {
    Path capture = directory.resolve("frames.pcapng");
    Files.write(capture, pcapng(frames));
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
    command.addAll(OPTIONS);
    FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    Path output = directory.resolve("fields");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "tshark is not installed");
      throw e;
    }
    assertEquals(0, process.waitFor());
    return Files.readAllLines(output, StandardCharsets.UTF_8);
  }

  /** One section with one interface for each frame. */
  private static byte[] pcapng(List<FrameCase> frames) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    block(file, 0x0a0d0d0a, allocate(16).putInt(0x1a2b3c4d).putInt(1).putLong(-1));
    for (FrameCase frame : frames) {
      block(file, 1, allocate(8).putShort((short) frame.linkType()));
    }
    for (int i = 0; i < frames.size(); i++) {
      byte[] bytes = frames.get(i).bytes();
      ByteBuffer body = allocate(20 + (bytes.length + 3 & ~3));
      body.putInt(i).putInt(0).putInt(i).putInt(bytes.length).putInt(bytes.length).put(bytes);
      block(file, 6, body);
    }
    return file.toByteArray();
  }

  private static void block(ByteArrayOutputStream file, int type, ByteBuffer body) {
    int length = body.capacity() + 12;
    body.rewind();
    byte[] bytes = new byte[length];
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    block.putInt(type).putInt(length).put(body).putInt(length);
    file.writeBytes(bytes);
  }

  /** Little-endian, since the netfilter log is in the order of the host. */
  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
