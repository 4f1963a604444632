// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;

class DnsStreamTest {
  private static final int PREFIX = 2;

  private final RandomMessages messages = new RandomMessages(1);
  private final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  private final DnsStream stream = new DnsStream(memory);
  private final List<String> received = new ArrayList<>();
  private final DnsStream.Sink sink =
      (buffer, offset, length) -> received.add(ByteBufUtil.hexDump(buffer, offset, length));

  @BeforeEach
  void startAtTheFirstByte() {
    stream.reset(true);
  }

  /** A query or its answer, as both directions of a connection carry them. */
  private List<byte[]> conversation(int count) {
    List<byte[]> wires = new ArrayList<>();
    while (wires.size() < count) {
      Message query = messages.query();
      wires.add(query.toWire());
      wires.add(messages.answer(query).toWire());
    }
    return wires.subList(0, count);
  }

  private static byte[] framed(List<byte[]> wires) {
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    for (byte[] wire : wires) {
      framed.write(wire.length >>> 8);
      framed.write(wire.length);
      framed.writeBytes(wire);
    }
    return framed.toByteArray();
  }

  private static List<String> hex(List<byte[]> wires) {
    return wires.stream().map(HexFormat.of()::formatHex).toList();
  }

  /** A segment in a buffer of its own, so that a read beyond it throws. */
  private void feed(byte[] bytes, int from, int to) {
    byte[] segment = Arrays.copyOfRange(bytes, from, to);
    stream.feed(Unpooled.wrappedBuffer(segment), 0, segment.length, sink);
    Arrays.fill(segment, (byte) 0xff); // what is wanted later must have been copied
  }

  private void feed(byte[] bytes) {
    feed(bytes, 0, bytes.length);
  }

  /** All that was fed stands in messages or was skipped, and no memory is held. */
  private void assertAllAccountedFor(long fed) {
    long inMessages = received.stream().mapToLong(text -> PREFIX + text.length() / 2).sum();
    assertEquals(fed, inMessages + stream.skippedBytes());
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void severalMessagesInOneSegmentAreAllFound() {
    List<byte[]> wires = conversation(20);
    feed(framed(wires));
    assertEquals(hex(wires), received);
    assertEquals(0, stream.skippedBytes());
    assertEquals(0, stream.resynchronisations());
    assertAllAccountedFor(framed(wires).length);
  }

  @Test
  void messagesAreFoundWhereverTheStreamIsCut() {
    List<byte[]> wires = conversation(4);
    byte[] bytes = framed(wires);
    for (int cut = 0; cut <= bytes.length; cut++) {
      startAtTheFirstByte();
      received.clear();
      feed(bytes, 0, cut);
      feed(bytes, cut, bytes.length);
      assertEquals(hex(wires), received, "cut at " + cut);
      assertAllAccountedFor(bytes.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 13, 100, 1460, 5000})
  void messagesAreFoundInSegmentsOfAnySize(int most) {
    Random random = new Random(most);
    List<byte[]> wires = conversation(300);
    byte[] bytes = framed(wires);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
      feed(bytes, from, to);
      from = to;
    }
    assertEquals(hex(wires), received);
    assertAllAccountedFor(bytes.length);
  }

  /** A zone transfer fills messages up to what 16 bits can say (RFC 1035, section 4.2.2). */
  @Test
  void longestMessageIsCollected() {
    byte[] longest = Arrays.copyOf(messages.query().toWire(), 65_535);
    byte[] bytes = framed(List.of(longest));
    for (int from = 0; from < bytes.length; from += 1000) {
      feed(bytes, from, Math.min(bytes.length, from + 1000));
    }
    assertEquals(hex(List.of(longest)), received);
    assertAllAccountedFor(bytes.length);
  }

  /** The next message in one piece behind the hole is found again. */
  @Test
  void messagesBehindAHoleAreFound() {
    List<byte[]> wires = conversation(6);
    byte[] bytes = framed(wires);
    int third = framed(wires.subList(0, 2)).length;
    int fourth = framed(wires.subList(0, 3)).length;
    for (int hole = third; hole < fourth; hole++) {
      startAtTheFirstByte();
      received.clear();
      feed(bytes, 0, hole);
      stream.gap();
      feed(bytes, fourth, bytes.length);
      List<byte[]> rest = new ArrayList<>(wires);
      rest.remove(2);
      assertEquals(hex(rest), received, "hole at " + hole);
      assertEquals(hole - third, stream.skippedBytes());
      assertEquals(1, stream.resynchronisations());
      assertAllAccountedFor(bytes.length - (fourth - hole));
    }
  }

  @Test
  void streamJoinedInTheMiddleOfAMessageIsFound() {
    List<byte[]> wires = conversation(5);
    byte[] bytes = framed(wires);
    int second = framed(wires.subList(0, 1)).length;
    for (int start = 1; start <= second; start++) {
      stream.reset(false);
      received.clear();
      feed(bytes, start, bytes.length);
      assertEquals(hex(wires.subList(1, 5)), received, "joined at " + start);
      assertEquals(1, stream.resynchronisations());
      assertAllAccountedFor(bytes.length - start);
    }
  }

  /** The length and the header that are looked for may themselves be cut, at any byte. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 13, 14, 15})
  void streamJoinedInTheMiddleIsFoundInSmallPieces(int piece) {
    List<byte[]> wires = conversation(6);
    byte[] bytes = framed(wires);
    int second = framed(wires.subList(0, 1)).length;
    for (int start = 1; start <= second; start++) {
      stream.reset(false);
      received.clear();
      for (int from = start; from < bytes.length; from += piece) {
        feed(bytes, from, Math.min(bytes.length, from + piece));
      }
      assertEquals(hex(wires.subList(1, 6)), received, "joined at " + start);
      assertEquals(second - start, stream.skippedBytes());
      assertAllAccountedFor(bytes.length - start);
    }
  }

  @Test
  void bytesWithoutAMessageAreSkipped() {
    byte[] noise = new byte[100_000];
    new Random(2).nextBytes(noise);
    stream.reset(false);
    for (int from = 0; from < noise.length; from += 1000) {
      feed(noise, from, from + 1000);
    }
    assertEquals(List.of(), received);
    assertEquals(noise.length, stream.skippedBytes());
    assertEquals(0, stream.resynchronisations());
  }

  /** No message is shorter than its header: the stream is not where it seemed to be. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11})
  void impossibleLengthMakesItLookForTheNextMessage(int length) {
    List<byte[]> wires = conversation(2);
    byte[] bytes = framed(wires);
    for (boolean inOnePiece : new boolean[] {true, false}) {
      startAtTheFirstByte();
      received.clear();
      byte[] prefix = {0, (byte) length};
      feed(prefix, 0, inOnePiece ? 2 : 1);
      feed(prefix, inOnePiece ? 2 : 1, 2);
      feed(bytes);
      assertEquals(hex(wires), received);
      assertEquals(PREFIX, stream.skippedBytes());
      assertEquals(1, stream.resynchronisations());
      assertAllAccountedFor(bytes.length + PREFIX);
    }
  }

  /** The block would otherwise hold the bytes of another stream where the first part belongs. */
  @Test
  void messageWhoseFirstPartFoundNoMemoryIsLost() {
    ReassemblyMemory small = new ReassemblyMemory(4096);
    DnsStream refused = new DnsStream(small);
    refused.reset(true);
    List<byte[]> wires = conversation(2);
    byte[] bytes = framed(wires);
    int first = framed(wires.subList(0, 1)).length;
    var taken = small.acquire(4096);
    refused.feed(Unpooled.wrappedBuffer(bytes), 0, 20, sink);
    assertEquals(1, small.refusals());
    if (taken != null) {
      small.release(taken);
    }
    refused.feed(Unpooled.wrappedBuffer(bytes), 20, bytes.length - 20, sink);
    assertEquals(hex(wires.subList(1, 2)), received);
    assertEquals(first, refused.skippedBytes());
  }

  /** The reader of a message may find that it is none. */
  @Test
  void sinkMayDeclareAGap() {
    List<byte[]> wires = conversation(3);
    byte[] bytes = framed(wires);
    for (int piece : new int[] {bytes.length, 1}) {
      startAtTheFirstByte();
      received.clear();
      for (int from = 0; from < bytes.length; from += piece) {
        byte[] segment = Arrays.copyOfRange(bytes, from, from + piece);
        stream.feed(
            Unpooled.wrappedBuffer(segment),
            0,
            piece,
            (buffer, offset, length) -> {
              sink.onMessage(buffer, offset, length);
              stream.gap();
            });
      }
      assertEquals(hex(wires), received);
      assertAllAccountedFor(bytes.length);
    }
  }

  @Test
  void resetForgetsTheStreamBefore() {
    List<byte[]> wires = conversation(2);
    byte[] bytes = framed(wires);
    feed(bytes, 0, 9);
    assertTrue(memory.usedBytes() > 0);
    stream.reset(true);
    assertEquals(0, memory.usedBytes());
    feed(bytes);
    assertEquals(hex(wires), received);
    assertEquals(0, stream.skippedBytes());
  }

  @Test
  void randomCutsHolesAndNoiseNeverThrow() {
    Random random = new Random(3);
    byte[] bytes = framed(conversation(60));
    for (int round = 0; round < 300; round++) {
      stream.reset(random.nextBoolean());
      received.clear();
      byte[] noisy = bytes.clone();
      for (int i = random.nextInt(10); i > 0; i--) {
        noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
      }
      long fed = 0;
      for (int from = 0; from < noisy.length; ) {
        int to = Math.min(noisy.length, from + 1 + random.nextInt(2000));
        if (random.nextInt(8) == 0) {
          stream.gap();
        } else {
          feed(noisy, from, to);
          fed += to - from;
        }
        from = to;
      }
      stream.gap();
      assertAllAccountedFor(fed);
    }
  }
}
