// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The fields that statistics need, as this parser reads them or as dnsjava does. */
record ParsedMessage(
    int id,
    List<Boolean> flags,
    int opcode,
    int rcode,
    int questions,
    int answers,
    String name,
    int qtype,
    int qclass,
    Edns edns,
    boolean serviceBinding) {

  /** What stands in the OPT record. */
  record Edns(
      boolean present, boolean dnssecOk, boolean clientSubnet, boolean cookie, int padding) {}

  private static final int CLIENT_SUBNET = 8;
  private static final int COOKIE = 10;
  private static final int PADDING = 12;
  private static final int EDNS_OPTION_HEAD = 4;

  static ParsedMessage of(DnsMessage message) {
    return new ParsedMessage(
        message.id(),
        List.of(
            message.response(),
            message.authoritative(),
            message.truncated(),
            message.recursionDesired()),
        message.opcode(),
        message.rcode(),
        message.questionCount(),
        message.answerCount(),
        new String(message.nameBytes(), 0, message.nameLength(), StandardCharsets.ISO_8859_1),
        message.qtype(),
        message.qclass(),
        new Edns(
            message.edns(),
            message.dnssecOk(),
            message.clientSubnet(),
            message.cookie(),
            message.paddingLength()),
        message.serviceBinding());
  }

  /** As dnsjava reads the bytes. */
  static ParsedMessage byDnsjava(byte[] wire) throws IOException {
    Message message = new Message(wire);
    Header header = message.getHeader();
    Record question = message.getQuestion();
    return new ParsedMessage(
        header.getID(),
        List.of(
            header.getFlag(Flags.QR),
            header.getFlag(Flags.AA),
            header.getFlag(Flags.TC),
            header.getFlag(Flags.RD)),
        header.getOpcode(),
        message.getRcode(),
        header.getCount(Section.QUESTION),
        header.getCount(Section.ANSWER),
        question == null ? "" : text(question.getName()),
        question == null ? 0 : question.getType(),
        question == null ? 0 : question.getDClass(),
        edns(message.getOPT()),
        message.getSection(Section.ANSWER).stream()
            .anyMatch(r -> r.getType() == Type.SVCB || r.getType() == Type.HTTPS));
  }

  private static Edns edns(OPTRecord opt) {
    if (opt == null) {
      return new Edns(false, false, false, false, -1);
    }
    int padding = -1;
    for (EDNSOption option : opt.getOptions(PADDING)) {
      padding = option.toWire().length - EDNS_OPTION_HEAD;
    }
    return new Edns(
        true,
        (opt.getFlags() & ExtendedFlags.DO) != 0,
        !opt.getOptions(CLIENT_SUBNET).isEmpty(),
        !opt.getOptions(COOKIE).isEmpty(),
        padding);
  }

  /** Labels in lower case with dots between them, as they are: nothing is escaped. */
  private static String text(Name name) {
    byte[] wire = name.toWireCanonical();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
      if (at > 0) {
        text.write('.');
      }
      text.writeBytes(Arrays.copyOfRange(wire, at + 1, at + 1 + wire[at]));
    }
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  /** Parses bytes that fill their buffer, so that a read beyond either end throws. */
  static DnsStatus parse(byte[] wire, int declared, DnsDialect dialect, DnsMessage into) {
    ByteBuf exact = Unpooled.wrappedBuffer(wire);
    return new DnsParser().parse(exact, 0, wire.length, declared, dialect, into);
  }
}
