// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;

/** Reads the lab's captures into memory. */
public final class LabFrames {
  private static final Path CAPTURES =
      Path.of(System.getProperty("dnsprism.root", "."), "tests", "lab", "captures");

  /**
   * A frame.
   *
   * @param bytes the captured bytes, from index 0 on
   * @param wireLength bytes on the wire
   * @param timeNanos time stamp in nanoseconds since 1970
   * @param linkType LINKTYPE number
   */
  public record Frame(ByteBuf bytes, int wireLength, long timeNanos, int linkType) {
    /** Decodes the frame into a packet. */
    public DecodeStatus decode(PacketDecoder decoder, Packet packet) {
      return decoder.decode(
          bytes, 0, bytes.capacity(), wireLength, timeNanos, linkType, -1, packet);
    }

    /** Decodes the frame; whether it holds a TCP segment or UDP datagram in one piece. */
    @SuppressWarnings("ReferenceEquality") // datagrams put together lie in a buffer of their own
    boolean holdsWhole(PacketDecoder decoder, Packet packet) {
      return decode(decoder, packet) == DecodeStatus.TRANSPORT && packet.buffer() == bytes;
    }
  }

  private LabFrames() {}

  /**
   * The frames of a capture.
   *
   * @param capture name of a file in the lab's folder
   */
  public static List<Frame> of(String capture) throws IOException {
    List<Frame> frames = new ArrayList<>();
    String path = CAPTURES.resolve(capture).toString();
    CaptureInput input = CaptureInput.of(List.of(path), InputStream.nullInputStream());
    try (FrameSource source = input.open(1).get(0)) {
      while (source.poll(
              (buffer, offset, captured, wire, time, link, tag) -> {
                byte[] bytes = new byte[captured];
                buffer.getBytes(offset, bytes);
                frames.add(new Frame(Unpooled.wrappedBuffer(bytes), wire, time, link));
              },
              1)
          != FrameSource.END) {}
    }
    return frames;
  }

  /** The TCP segments and UDP datagrams of a capture that came in one piece. */
  public static List<Packet> packets(String capture) throws IOException {
    PacketDecoder decoder = new PacketDecoder();
    List<Packet> packets = new ArrayList<>();
    for (Frame frame : of(capture)) {
      Packet packet = new Packet();
      if (frame.holdsWhole(decoder, packet)) {
        packets.add(packet);
      }
    }
    return packets;
  }

  /**
   * The first packets with payload that each client of a capture sends to a port.
   *
   * @param protocol {@link Packet#TCP} or {@link Packet#UDP}
   * @param count how many of each client; those that sent fewer are left out
   * @return a list for each client, by the number of its port
   */
  public static List<List<Packet>> clients(String capture, int protocol, int port, int count)
      throws IOException {
    Map<Integer, List<Packet>> byPort = new TreeMap<>();
    for (Packet packet : packets(capture)) {
      if (packet.protocol() == protocol
          && packet.destinationPort() == port
          && packet.payloadLength() > 0) {
        byPort.computeIfAbsent(packet.sourcePort(), any -> new ArrayList<>()).add(packet);
      }
    }
    return byPort.values().stream()
        .filter(packets -> packets.size() >= count)
        .map(packets -> List.copyOf(packets.subList(0, count)))
        .toList();
  }
}
