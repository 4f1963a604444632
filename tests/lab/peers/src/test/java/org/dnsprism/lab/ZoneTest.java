// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ZoneTest {
  /** The last octet and the last 32 bits are zlib's CRC-32 of the name in wire format. */
  @ParameterizedTest
  @CsvSource({
    "a.example.com., A, 192.0.2.84",
    "A.EXAMPLE.com., A, 192.0.2.84",
    "www.example.org., A, 192.0.2.93",
    "a.example.com., AAAA, 2001:db8:0:0:0:0:2004:8339",
    "www.example.org., AAAA, 2001:db8:0:0:0:0:512c:7f1e"
  })
  void addressesFollowFromTheName(String name, String type, String address) throws Exception {
    Message answer = ask(query(name, Type.value(type)));
    assertEquals(Rcode.NOERROR, answer.getRcode());
    assertTrue(answer.getHeader().getFlag(Flags.QR));
    assertEquals(1, answer.getSection(Section.ANSWER).size());
    assertEquals(address, answer.getSection(Section.ANSWER).get(0).rdataToString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nx.", "a.nx.", "a.NX.example.com."})
  void namesUnderNxDoNotExist(String name) throws Exception {
    Message answer = ask(query(name, Type.A));
    assertEquals(Rcode.NXDOMAIN, answer.getRcode());
    assertEquals(Type.SOA, answer.getSection(Section.AUTHORITY).get(0).getType());
  }

  @Test
  void otherTypesHaveNoData() throws Exception {
    Message answer = ask(query("nxt.example.com.", Type.MX));
    assertEquals(Rcode.NOERROR, answer.getRcode());
    assertTrue(answer.getSection(Section.ANSWER).isEmpty());
    assertEquals(Type.SOA, answer.getSection(Section.AUTHORITY).get(0).getType());
  }

  @Test
  void otherClassesAndOperationsAreRefused() throws Exception {
    Message chaos = new Message(1);
    Name name = Name.fromString("version.bind.");
    chaos.addRecord(Record.newRecord(name, Type.A, DClass.CH), Section.QUESTION);
    assertEquals(Rcode.REFUSED, ask(chaos).getRcode());
    Message notify = query("a.example.com.", Type.A);
    notify.getHeader().setOpcode(Opcode.NOTIFY);
    assertEquals(Rcode.NOTIMP, ask(notify).getRcode());
  }

  /** RFC 8467, section 4.1: responses in blocks of 468 octets, queries in blocks of 128. */
  @Test
  void paddingIsAnsweredWithPadding() throws Exception {
    Message query = query("a.example.com.", Type.A);
    assertNull(new Message(Zone.answer(query.toWire())).getOPT());
    Padding.padQuery(query);
    assertEquals(128, query.toWire().length);
    assertEquals(468, Zone.answer(query.toWire()).length);
  }

  @Test
  void anOptWithoutPaddingGetsOneWithoutPadding() throws Exception {
    Message query = query("a.example.com.", Type.A);
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    byte[] answer = Zone.answer(query.toWire());
    assertTrue(answer.length < 128);
    assertEquals(Type.OPT, new Message(answer).getSection(Section.ADDITIONAL).get(0).getType());
  }

  @Test
  void whatIsNoQueryHasNoAnswer() throws Exception {
    Message response = query("a.example.com.", Type.A);
    response.getHeader().setFlag(Flags.QR);
    assertThrows(IOException.class, () -> Zone.answer(response.toWire()));
    assertThrows(IOException.class, () -> Zone.answer(new Message(1).toWire()));
    assertThrows(IOException.class, () -> Zone.answer(new byte[] {1, 2, 3}));
  }

  private static Message query(String name, int type) throws IOException {
    Message query = new Message(1);
    Name absolute = Name.fromString(name);
    query.addRecord(Record.newRecord(absolute, type, DClass.IN), Section.QUESTION);
    return query;
  }

  private static Message ask(Message query) throws IOException {
    Message answer = new Message(Zone.answer(query.toWire()));
    assertEquals(query.getHeader().getID(), answer.getHeader().getID());
    assertEquals(query.getQuestion(), answer.getQuestion());
    return answer;
  }
}
