// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages written by hand, octet by octet. */
class DnsParserTest {
  /** Header of a query with one question and RD. */
  private static final String QUERY = "1234 0100 0001 0000 0000 0000 ";

  private static final String EXAMPLE = "07 6578616d706c65 03 636f6d 00 ";
  private static final String A_IN = "0001 0001 ";

  private final DnsMessage message = new DnsMessage();

  private static byte[] wire(String... hex) {
    return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
  }

  private DnsStatus parse(DnsDialect dialect, String... hex) {
    byte[] wire = wire(hex);
    return ParsedMessage.parse(wire, wire.length, dialect, message);
  }

  private DnsStatus expected(String... hex) {
    return parse(DnsDialect.EXPECTED, hex);
  }

  private DnsStatus strict(String... hex) {
    return parse(DnsDialect.STRICT, hex);
  }

  private String name() {
    return new String(message.nameBytes(), 0, message.nameLength(), StandardCharsets.ISO_8859_1);
  }

  /** A label of so many letters, with its length. */
  private static String label(int length) {
    return HexFormat.of().toHexDigits((byte) length) + "61".repeat(length);
  }

  @ParameterizedTest
  @EnumSource
  void queryIsWhole(DnsDialect dialect) {
    assertEquals(DnsStatus.WHOLE, parse(dialect, QUERY, EXAMPLE, A_IN));
    assertEquals(0x1234, message.id());
    assertEquals("example.com", name());
    assertEquals(1, message.qtype());
    assertEquals(1, message.qclass());
    assertTrue(message.recursionDesired());
    assertFalse(message.response());
    assertEquals(-1, message.paddingLength());
  }

  @Test
  void objectIsCleanForEveryMessage() {
    String opt = "00 0029 04d0 01 00 8000 000f 000c 0003 000000 000a 0000 0008 0000 ";
    assertEquals(
        DnsStatus.WHOLE,
        expected(
            "0001 8580 0001 0001 0000 0001 ",
            EXAMPLE,
            "0041 0001 c00c 0041 0001 00000000 0000",
            opt));
    assertTrue(message.serviceBinding() && message.edns() && message.dnssecOk());
    assertTrue(message.cookie() && message.clientSubnet());
    assertEquals(3, message.paddingLength());
    assertEquals(16, message.rcode());
    assertEquals(DnsStatus.WHOLE, expected("0001 0000 0000 0000 0000 0000"));
    DnsMessage fresh = new DnsMessage();
    byte[] empty = wire("0001 0000 0000 0000 0000 0000");
    ParsedMessage.parse(empty, empty.length, DnsDialect.EXPECTED, fresh);
    assertEquals(ParsedMessage.of(fresh), ParsedMessage.of(message));
    assertEquals(0, message.nameHash());
  }

  /** On the wire a name has at most 255 octets (RFC 1035, section 2.3.4). */
  @Test
  void longestNameIsReadAndNoLongerOne() {
    String most = label(63) + label(63) + label(63) + label(61) + "00";
    assertEquals(255, wire(most).length);
    assertEquals(DnsStatus.WHOLE, strict(QUERY, most, A_IN));
    assertEquals(253, message.nameLength());
    assertEquals(DnsMessage.MAX_NAME_BYTES, message.nameLength());
    String over = label(63) + label(63) + label(63) + label(62) + "00";
    assertEquals(DnsStatus.NOT_DNS, strict(QUERY, over, A_IN));
    assertEquals(DnsStatus.PLAUSIBLE, expected(QUERY, over, A_IN));
    assertEquals(0, message.questionCount());
    assertEquals(DnsStatus.WHOLE, strict(QUERY, label(1).repeat(127), "00", A_IN));
    assertEquals(253, message.nameLength());
    assertEquals(DnsStatus.NOT_DNS, strict(QUERY, label(1).repeat(128), "00", A_IN));
  }

  @Test
  void labelsAreAtMost63Octets() {
    assertEquals(DnsStatus.WHOLE, strict(QUERY, label(63), "00", A_IN));
    for (String length : new String[] {"40", "7f", "80", "bf"}) {
      String data = "61".repeat(200);
      assertEquals(DnsStatus.NOT_DNS, strict(QUERY, length, data, "00", A_IN), length);
      assertEquals(DnsStatus.PLAUSIBLE, expected(QUERY, length, data, "00", A_IN), length);
    }
  }

  @Test
  void rootIsTheEmptyName() {
    assertEquals(DnsStatus.WHOLE, strict(QUERY, "00 0002 0001"));
    assertEquals(0, message.nameLength());
    assertTrue(message.nameIs(new byte[0]));
  }

  /** A question's name leads to itself, forwards, into the header, or round and round. */
  @ParameterizedTest
  @CsvSource({"c00c", "c00e", "c00d", "c0ff", "ffff", "c000", "c00b", "0161 c00c", "0161 c00e"})
  void pointersThatLeadNowhereEnd(String name) {
    assertEquals(DnsStatus.PLAUSIBLE, expected(QUERY, name, A_IN, "00".repeat(20)));
    assertEquals(0, message.questionCount());
  }

  /** Two questions, of which the second points to the first (RFC 1035, section 4.1.4). */
  @Test
  void pointersBackAreFollowed() {
    String two = "0000 0100 0002 0000 0000 0000 ";
    assertEquals(DnsStatus.WHOLE, expected(two, EXAMPLE, A_IN, "03 777777 c00c", A_IN));
    assertEquals(2, message.questionCount());
    assertEquals("example.com", name());
    assertEquals(DnsStatus.PLAUSIBLE, expected(two, EXAMPLE, A_IN, "03 777777 c0ff", A_IN));
    assertEquals(1, message.questionCount());
  }

  @Test
  void recordsWithNamesOutOfBoundsAreNotWhole() {
    String answer = "0000 8180 0001 0001 0000 0000 ";
    String rest = "0001 0001 00000000 0004 01020304";
    assertEquals(DnsStatus.WHOLE, strict(answer, EXAMPLE, A_IN, "c00c", rest));
    assertEquals(1, message.answerCount());
    for (String pointer : new String[] {"c004", "c01d", "c01e", "c030", "ffff"}) {
      assertEquals(DnsStatus.NOT_DNS, strict(answer, EXAMPLE, A_IN, pointer, rest), pointer);
      assertEquals(DnsStatus.PLAUSIBLE, expected(answer, EXAMPLE, A_IN, pointer, rest), pointer);
    }
  }

  @Test
  void nameIsLowerCasedInAsciiOnly() {
    assertEquals(DnsStatus.WHOLE, strict(QUERY, "06 405a5b c9 4161 00", A_IN));
    assertEquals("@z[\u00c9aa", name());
  }

  /** Randomised case (0x20) makes no other name; type, class and every label do. */
  @Test
  void hashTellsQuestionsApartWhateverTheirCase() {
    strict(QUERY, EXAMPLE, A_IN);
    long hash = message.nameHash();
    strict(QUERY, "07 4578416d506c45 03 434f4d 00 ", A_IN);
    assertEquals(hash, message.nameHash());
    String[] others = {
      EXAMPLE + "001c 0001", EXAMPLE + "0001 0003", "07 6578616d706c66 03 636f6d 00 " + A_IN,
      "0b 6578616d706c652e636f6d 00" + A_IN, "07 6578616d706c65 00" + A_IN, "00" + A_IN
    };
    for (String other : others) {
      assertEquals(DnsStatus.WHOLE, strict(QUERY, other), other);
      assertNotEquals(hash, message.nameHash(), other);
    }
  }

  @Test
  void nameCanBeComparedWithoutACopy() {
    strict(QUERY, EXAMPLE, A_IN);
    assertTrue(message.nameIs("example.com".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(message.nameEndsWith(".com".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(message.nameIs("xample.com".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(message.nameIs("example.net".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(message.nameEndsWith(".example.com".getBytes(StandardCharsets.US_ASCII)));
  }

  /** The highest bit of the class asks for a unicast answer (RFC 6762, section 5.4). */
  @Test
  void unicastBitIsReadOnlyInMulticastDns() {
    assertEquals(DnsStatus.WHOLE, parse(DnsDialect.LOCAL, QUERY, EXAMPLE, "000c 8001"));
    assertEquals(1, message.qclass());
    assertEquals(DnsStatus.WHOLE, expected(QUERY, EXAMPLE, "000c 8001"));
    assertEquals(0x8001, message.qclass());
    assertEquals(DnsStatus.NOT_DNS, strict(QUERY, EXAMPLE, "000c 8001"));
  }

  @Test
  void trailingBytesAreAllowedOnlyWhereDnsIsExpected() {
    assertEquals(DnsStatus.WHOLE, expected(QUERY, EXAMPLE, A_IN, "00"));
    assertEquals(DnsStatus.WHOLE, parse(DnsDialect.LOCAL, QUERY, EXAMPLE, A_IN, "00"));
    assertEquals(DnsStatus.NOT_DNS, strict(QUERY, EXAMPLE, A_IN, "00"));
  }

  /** What would be a message by chance is none where nothing else speaks for DNS. */
  @ParameterizedTest
  @CsvSource({
    "1234 0800 0001 0000 0000 0000, a query of another opcode",
    "1234 0101 0001 0000 0000 0000, a query with a response code",
    "1234 0140 0001 0000 0000 0000, the reserved bit",
    "1234 818c 0001 0000 0000 0000, a response code that is not assigned",
    "1234 0100 0000 0000 0000 0000, no question",
    "1234 0100 0002 0000 0000 0000, two questions",
    "1234 0100 0001 0001 0000 0000, a query with an answer"
  })
  void strictRefusesWhatIsNotOrdinary(String header, String why) {
    assertEquals(DnsStatus.NOT_DNS, strict(header, EXAMPLE, A_IN), why);
  }

  @ParameterizedTest
  @CsvSource({
    "0001 0002, false", "0001 0000, false", "0000 0001, false", "0045 0001, false",
    "00fb 0001, true", "0041 0001, true", "8000 0001, true", "8002 0001, false",
    "0001 00ff, true", "0010 0003, true", "0100 0001, true", "1000 0001, false"
  })
  void strictKnowsTypesAndClasses(String question, boolean known) {
    DnsStatus status = known ? DnsStatus.WHOLE : DnsStatus.NOT_DNS;
    assertEquals(status, strict(QUERY, EXAMPLE, question));
    assertEquals(DnsStatus.WHOLE, expected(QUERY, EXAMPLE, question));
  }

  @ParameterizedTest
  @CsvSource({"1900", "9800", "f800", "b800"})
  void opcodesThatAreNotAssignedAreNotDns(String flags) {
    assertEquals(DnsStatus.NOT_DNS, expected("1234", flags, "0001 0000 0000 0000", EXAMPLE, A_IN));
  }

  /** More entries than there are bytes for them: no sender counts so badly. */
  @Test
  void countsBeyondTheLengthAreNotDns() {
    assertEquals(DnsStatus.NOT_DNS, expected("1234 8180 0001 0002 0000 0000", EXAMPLE, A_IN, "00"));
    assertEquals(DnsStatus.NOT_DNS, expected("1234 8180 ffff ffff ffff ffff", EXAMPLE, A_IN));
  }

  /** An option that says it is longer than the record is not there. */
  @Test
  void optionsThatAreCutOffAreLeftOut() {
    String header = "0000 0100 0001 0000 0000 0001 ";
    String opt = "00 0029 04d0 00000000 ";
    String cookieAndCutSubnet = "000c 000a 0004 00000000 0008 0004";
    assertEquals(DnsStatus.WHOLE, strict(header, EXAMPLE, A_IN, opt, cookieAndCutSubnet));
    assertTrue(message.cookie());
    assertFalse(message.clientSubnet());
    strict(header, EXAMPLE, A_IN, opt, "0004 000c 0009");
    assertEquals(-1, message.paddingLength());
    strict(header, EXAMPLE, A_IN, opt, "0007 000c 0003 000000");
    assertEquals(3, message.paddingLength());
    strict(header, EXAMPLE, A_IN, opt, "0003 000a 00");
    assertFalse(message.cookie());
  }

  @Test
  void optIsReadOnlyInTheAdditionalSection() {
    String opt = "00 0029 04d0 01008000 0000";
    assertEquals(DnsStatus.WHOLE, expected("0000 8180 0001 0000 0001 0000", EXAMPLE, A_IN, opt));
    assertFalse(message.edns());
    assertEquals(0, message.rcode());
  }

  @Test
  void serviceBindingCountsOnlyAsAnAnswer() {
    String https = "c00c 0041 0001 00000000 0003 0001 00";
    assertEquals(DnsStatus.WHOLE, strict("0000 8180 0001 0000 0000 0001", EXAMPLE, A_IN, https));
    assertFalse(message.serviceBinding());
    assertEquals(DnsStatus.WHOLE, strict("0000 8180 0001 0001 0000 0000", EXAMPLE, A_IN, https));
    assertTrue(message.serviceBinding());
  }

  /** Zeros, a time request of NTP: nothing in them speaks for DNS. */
  @Test
  void bytesBehindAHeaderThatCountsNothingAreNotDns() {
    assertEquals(DnsStatus.WHOLE, expected("1234 8001 0000 0000 0000 0000"));
    assertEquals(DnsStatus.NOT_DNS, expected("1234 8001 0000 0000 0000 0000 00"));
    assertEquals(DnsStatus.NOT_DNS, expected("00".repeat(48)));
  }

  /** A keepalive (RFC 8490, section 7.1): opcode 6, no entries, one TLV. */
  @Test
  void statefulOperationIsWhole() {
    String keepalive = "0001 0008 00003a98 00003a98";
    assertEquals(DnsStatus.WHOLE, expected("1234 3000 0000 0000 0000 0000", keepalive));
    assertEquals(6, message.opcode());
  }

  @Test
  void headerAloneIsNotEnoughWhereMoreIsDeclared() {
    byte[] header = wire(QUERY);
    assertEquals(
        DnsStatus.PLAUSIBLE, ParsedMessage.parse(header, 29, DnsDialect.EXPECTED, message));
    byte[] shorter = Arrays.copyOf(header, 11);
    assertEquals(DnsStatus.NOT_DNS, ParsedMessage.parse(shorter, 29, DnsDialect.EXPECTED, message));
  }
}
