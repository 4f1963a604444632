// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The answers of every server here, made from the name alone: an A in 192.0.2.0/24 and an AAAA in
 * 2001:db8::/32, both from the name's CRC-32; NXDOMAIN for a name with a label {@code nx}; 150 more
 * addresses for one with a label {@code many}; no data for other types.
 */
final class Zone {
  private static final long TTL_SECONDS = 300;
  private static final Name SERVER = Name.fromConstantString("ns.lab.test.");
  private static final SOARecord SOA =
      new SOARecord(Name.root, DClass.IN, TTL_SECONDS, SERVER, SERVER, 1, 7200, 3600, 86400, 60);

  /** What makes an answer longer than a datagram. */
  private static final int MORE_ADDRESSES = 150;

  private Zone() {}

  /**
   * Answers a query in wire format.
   *
   * @throws IOException if it is not a DNS query with one question
   */
  static byte[] answer(byte[] wire) throws IOException {
    Message query = new Message(wire);
    Record question = query.getQuestion();
    if (question == null || query.getHeader().getFlag(Flags.QR)) {
      throw new IOException("not a query");
    }
    Message response = answer(query, question);
    Padding.padResponse(response, query);
    return response.toWire();
  }

  private static Message answer(Message query, Record question) {
    Message response = new Message(query.getHeader().getID());
    Header header = response.getHeader();
    header.setOpcode(query.getHeader().getOpcode());
    header.setFlag(Flags.QR);
    header.setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    response.addRecord(question, Section.QUESTION);
    header.setRcode(rcode(query, question));
    Optional<Record> address =
        header.getRcode() == Rcode.NOERROR ? address(question) : Optional.empty();
    address.ifPresent(record -> response.addRecord(record, Section.ANSWER));
    if (address.isEmpty()) {
      response.addRecord(SOA, Section.AUTHORITY);
    } else if (hasLabel(question.getName(), "many")) {
      addMore(response, question.getName());
    }
    return response;
  }

  private static int rcode(Message query, Record question) {
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return Rcode.NOTIMP;
    }
    if (question.getDClass() != DClass.IN) {
      return Rcode.REFUSED;
    }
    return hasLabel(question.getName(), "nx") ? Rcode.NXDOMAIN : Rcode.NOERROR;
  }

  private static void addMore(Message response, Name name) {
    for (int host = 1; host <= MORE_ADDRESSES; host++) {
      byte[] v4 = {(byte) 203, 0, 113, (byte) host};
      response.addRecord(new ARecord(name, DClass.IN, TTL_SECONDS, address(v4)), Section.ANSWER);
    }
  }

  private static boolean hasLabel(Name name, String wanted) {
    for (int label = 0; label < name.labels(); label++) {
      if (name.getLabelString(label).equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Record> address(Record question) {
    Name name = question.getName();
    CRC32 crc = new CRC32();
    crc.update(name.toWireCanonical());
    int hash = (int) crc.getValue();
    return switch (question.getType()) {
      case Type.A -> {
        byte host = (byte) (1 + Integer.remainderUnsigned(hash, 254));
        byte[] v4 = {(byte) 192, 0, 2, host};
        yield Optional.of(new ARecord(name, DClass.IN, TTL_SECONDS, address(v4)));
      }
      case Type.AAAA -> {
        byte[] v6 = ByteBuffer.allocate(16).putInt(0x20010db8).putInt(12, hash).array();
        yield Optional.of(new AAAARecord(name, DClass.IN, TTL_SECONDS, address(v6)));
      }
      default -> Optional.empty();
    };
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }
}
