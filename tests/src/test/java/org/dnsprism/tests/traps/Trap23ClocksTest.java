// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.Peer;
import org.dnsprism.classifier.flow.Questions;
import org.dnsprism.pipeline.record.LatencySummary;
import org.dnsprism.pipeline.record.StatsRecord;
import org.dnsprism.pipeline.record.WindowRecord;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.tests.corpus.RunOfCapture;
import org.junit.jupiter.api.Test;

/** Trap 23: clocks of several resolutions in one file, and clocks that run back. */
class Trap23ClocksTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000L;
  private static final Peer SERVER = Peer.of("198.51.100.53", 53);

  private static byte[] query(int number) {
    return IpPackets.udp(
        Peer.numbered(number, 40_000), SERVER, Questions.query(number, "www.example.com"));
  }

  private static byte[] answer(int number) {
    return IpPackets.udp(
        SERVER, Peer.numbered(number, 40_000), Questions.response(number, "www.example.com"));
  }

  /** One answer 7 ms after its query, each told by another interface with a clock of its own. */
  @Test
  void interfacesWithOtherResolutionsAgree() throws Exception {
    long sent = TrapCapture.START;
    long received = sent + 7 * MILLISECOND;
    int binary = 0x80 | 20; // if_tsresol: 2^-20 seconds
    long units = ((received / SECOND) << 20) + (((received % SECOND) << 20) / SECOND);
    byte[] file =
        new Pcapng()
            .network(6)
            .network(9)
            .network(binary)
            .packet(0, sent / 1000, query(1))
            .packet(1, received, answer(1))
            .packet(1, received, query(2))
            .packet(2, units + (7 << 20) / 1000, answer(2))
            .bytes();
    RunOfCapture run = run(file);
    assertNull(run.failure());
    StatsRecord cell = run.stats().get(0);
    assertEquals("2 2", cell.queries() + " " + cell.responses());
    LatencySummary latency = Objects.requireNonNull(cell.latencyUs());
    assertEquals(7000.0, (double) latency.p50(), 70);
    assertEquals(7000.0, (double) latency.max(), 70);
  }

  /** Back by less than frames may be late: each is counted where it belongs. */
  @Test
  void smallStepsBackLeaveTheWindowsRight() {
    RunOfCapture run =
        TrapCapture.ethernet()
            .at(TrapCapture.START + 9_800 * MILLISECOND)
            .packet(query(1))
            .at(TrapCapture.START + 10_200 * MILLISECOND)
            .packet(query(2))
            .at(TrapCapture.START + 9_900 * MILLISECOND)
            .packet(query(3))
            .run();
    assertEquals(List.of(2L, 1L), run.windows().stream().map(WindowRecord::frames).toList());
    assertEquals(0, late(run));
  }

  /** Back by an hour: counted once, in a window that is open, and said to be late. */
  @Test
  void largeStepsBackAreCountedAsLate() {
    RunOfCapture run =
        TrapCapture.ethernet()
            .packet(query(1))
            .at(TrapCapture.START + 60 * SECOND)
            .packet(query(2))
            .at(TrapCapture.START - 3600 * SECOND)
            .packet(query(3))
            .packet(answer(3))
            .run();
    WindowRecord whole = run.summaries().get(0).whole();
    assertEquals(4, whole.frames());
    assertEquals(2, late(run));
    assertEquals(3, Objects.requireNonNull(whole.transports().get("do53-udp")).queries());
    assertEquals(4, run.windows().stream().mapToLong(WindowRecord::frames).sum());
  }

  /** A quiet time gives windows of zeros: nothing seen is not the same as nothing said. */
  @Test
  void quietWindowsAreThere() {
    RunOfCapture run =
        TrapCapture.ethernet().packet(query(1)).after(45 * SECOND).packet(query(2)).run();
    assertEquals(
        List.of(1L, 0L, 0L, 0L, 1L), run.windows().stream().map(WindowRecord::frames).toList());
  }

  private static long late(RunOfCapture run) {
    return run.summaries().get(0).whole().loss().getOrDefault("late", -1L);
  }

  private static RunOfCapture run(byte[] file) throws IOException, SinkException {
    CaptureInput input = CaptureInput.of(List.of("-"), new ByteArrayInputStream(file));
    return RunOfCapture.of(input, "clocks", 1, EndpointList.bundled());
  }

  /** A capture with several interfaces (draft-ietf-opsawg-pcapng, sections 4.1, 4.2, 4.3). */
  private static final class Pcapng {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    Pcapng() {
      block(0x0a0d0d0a, room(16).putInt(0x1a2b3c4d).putInt(1).putLong(-1));
    }

    Pcapng network(int resolution) {
      ByteBuffer body = room(20).putInt(1).putInt(0).putShort((short) 9).putShort((short) 1);
      return block(1, body.putInt(resolution).putInt(0));
    }

    Pcapng packet(int network, long stamp, byte[] packet) {
      byte[] frame = EthernetFrames.of(packet);
      ByteBuffer body = room(20 + (frame.length + 3) / 4 * 4).putInt(network);
      body.putInt((int) (stamp >>> 32)).putInt((int) stamp);
      body.putInt(frame.length).putInt(frame.length).put(frame);
      return block(6, body);
    }

    private Pcapng block(int type, ByteBuffer body) {
      int length = 12 + body.capacity();
      byte[] block = new byte[length];
      ByteBuffer.wrap(block)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(type)
          .putInt(length)
          .put(body.rewind())
          .putInt(length);
      file.writeBytes(block);
      return this;
    }

    private static ByteBuffer room(int length) {
      return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
      return file.toByteArray();
    }
  }
}
