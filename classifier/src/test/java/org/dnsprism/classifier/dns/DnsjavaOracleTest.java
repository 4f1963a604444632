// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Messages made, and read again, by dnsjava. */
class DnsjavaOracleTest {
  private static final int ROUNDS = 5_000;

  private final RandomMessages messages = new RandomMessages(1);
  private final Random random = new Random(2);
  private final DnsMessage message = new DnsMessage();

  @Test
  void everyFieldIsAsDnsjavaReadsIt() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] wire = messages.any().toWire();
      assertEquals(
          DnsStatus.WHOLE, ParsedMessage.parse(wire, wire.length, DnsDialect.EXPECTED, message));
      assertEquals(ParsedMessage.byDnsjava(wire), ParsedMessage.of(message));
    }
  }

  @Test
  void ordinaryQueriesAndAnswersAreWholeInEveryDialect() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Message query = messages.query();
      for (byte[] wire : new byte[][] {query.toWire(), messages.answer(query).toWire()}) {
        for (DnsDialect dialect : DnsDialect.values()) {
          assertEquals(
              DnsStatus.WHOLE,
              ParsedMessage.parse(wire, wire.length, dialect, message),
              () -> dialect + " " + query);
          assertEquals(ParsedMessage.byDnsjava(wire), ParsedMessage.of(message));
        }
      }
    }
  }

  @Test
  void truncationIsNeverWholeAndNeverReadsBeyondItsEnd() {
    for (int round = 0; round < 300; round++) {
      Message whole = messages.any();
      byte[] wire = whole.toWire();
      int asked = questionEnd(whole);
      for (int length = 0; length < wire.length; length++) {
        byte[] cut = Arrays.copyOf(wire, length);
        assertCut(cut, cut.length, asked);
        assertCut(cut, wire.length, asked);
      }
    }
  }

  /** Where the questions end: nothing behind them changes how they are written. */
  private static int questionEnd(Message whole) {
    Message questions = new Message();
    whole.getSection(Section.QUESTION).forEach(q -> questions.addRecord(q, Section.QUESTION));
    return questions.toWire().length;
  }

  /** Cut by the sender or by the snap length. */
  private void assertCut(byte[] cut, int declared, int asked) {
    for (DnsDialect dialect : DnsDialect.values()) {
      DnsStatus status = ParsedMessage.parse(cut, declared, dialect, message);
      boolean header = cut.length >= 12;
      if (dialect == DnsDialect.STRICT || !header) {
        assertEquals(DnsStatus.NOT_DNS, status);
      } else if (declared > cut.length) {
        assertEquals(cut.length >= asked ? DnsStatus.CUT : DnsStatus.PLAUSIBLE, status);
      } else {
        assertNotEquals(DnsStatus.WHOLE, status);
      }
    }
  }

  @Test
  void fieldsBeforeTheCutAreKept() throws IOException {
    for (int round = 0; round < 1_000; round++) {
      Message query = messages.query();
      byte[] wire = messages.answer(query).toWire();
      int question = 12 + query.getQuestion().getName().length() + 4;
      int length = question + random.nextInt(wire.length - question + 1);
      ParsedMessage.parse(Arrays.copyOf(wire, length), wire.length, DnsDialect.EXPECTED, message);
      ParsedMessage expected = ParsedMessage.byDnsjava(wire);
      ParsedMessage parsed = ParsedMessage.of(message);
      assertEquals(expected.name(), parsed.name());
      assertEquals(expected.qtype(), parsed.qtype());
      assertEquals(1, parsed.questions());
      assertTrue(parsed.answers() <= expected.answers());
    }
  }

  /** What dnsjava reads, this parser must read in the same way; it may also read more. */
  @Test
  void mutatedMessagesAreReadLikeDnsjavaDoes() {
    int readable = 0;
    for (int round = 0; round < 5 * ROUNDS; round++) {
      byte[] wire = messages.any().toWire();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        wire[random.nextInt(random.nextBoolean() ? 12 : wire.length)] ^=
            (byte) (1 << random.nextInt(8));
      }
      for (DnsDialect dialect : DnsDialect.values()) {
        ParsedMessage.parse(wire, wire.length, dialect, message);
      }
      if (readByDnsjava(wire) && !mayPointIntoTheHeader(wire)) {
        assertEquals(
            DnsStatus.WHOLE,
            ParsedMessage.parse(wire, wire.length, DnsDialect.EXPECTED, message),
            () -> HexFormat.of().formatHex(wire));
        if (message.rcode() < 128 << 4) {
          assertReadAlike(wire);
          readable++;
        }
      }
    }
    assertTrue(readable > ROUNDS / 2, "many can still be read");
  }

  private void assertReadAlike(byte[] wire) {
    try {
      assertEquals(ParsedMessage.byDnsjava(wire), ParsedMessage.of(message));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Leaves out what dnsjava reads only in part (TC) or judges differently: several OPT records, and
   * one with an extended response code of 128 or more, which it takes for a bad time to live. Bytes
   * behind a header that counts nothing are a message to it, too.
   */
  private static boolean readByDnsjava(byte[] wire) {
    try {
      Message read = new Message(wire);
      int opcode = read.getHeader().getOpcode();
      boolean assigned = opcode <= 6 && opcode != 3;
      long opts =
          read.getSection(Section.ADDITIONAL).stream()
              .filter(record -> record instanceof OPTRecord)
              .count();
      boolean empty = IntStream.range(0, 4).allMatch(s -> read.getHeader().getCount(s) == 0);
      return assigned && !empty && opts <= 1 && !read.getHeader().getFlag(Flags.TC);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** For dnsjava a name may begin in the header, where by RFC 1035 none can have stood before. */
  private static boolean mayPointIntoTheHeader(byte[] wire) {
    for (int at = 12; at + 1 < wire.length; at++) {
      if (wire[at] == (byte) 0xc0 && wire[at + 1] >= 0 && wire[at + 1] < 12) {
        return true;
      }
    }
    return false;
  }

  /** The bytes around a message are nobody's business. */
  @Test
  void bytesAroundTheMessageDoNotMatter() throws IOException {
    DnsParser parser = new DnsParser();
    for (int round = 0; round < 2_000; round++) {
      byte[] wire = messages.any().toWire();
      int before = random.nextInt(50);
      byte[] large = new byte[before + wire.length + 50];
      random.nextBytes(large);
      System.arraycopy(wire, 0, large, before, wire.length);
      ByteBuf buffer = Unpooled.wrappedBuffer(large);
      DnsStatus status =
          parser.parse(buffer, before, wire.length, wire.length, DnsDialect.EXPECTED, message);
      assertEquals(DnsStatus.WHOLE, status);
      assertEquals(ParsedMessage.byDnsjava(wire), ParsedMessage.of(message));
    }
  }

  @Test
  void randomBytesAreNotDns() {
    for (int round = 0; round < 20 * ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(600)];
      random.nextBytes(bytes);
      for (DnsDialect dialect : DnsDialect.values()) {
        assertEquals(DnsStatus.NOT_DNS, ParsedMessage.parse(bytes, bytes.length, dialect, message));
      }
    }
  }
}
