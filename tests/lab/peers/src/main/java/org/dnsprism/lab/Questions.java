// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.io.IOException;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The queries of a client, by turn: every name once for A, then every name once for AAAA, and so
 * on. The ID is 0, as DoQ demands (RFC 9250, section 4.2.1) and DoH advises (RFC 8484, section
 * 4.1).
 */
final class Questions {
  private final List<Name> names;
  private final boolean padded;

  /**
   * Asks for {@code names}, which are taken as absolute.
   *
   * @param padded whether queries carry EDNS padding, for transports that encrypt
   * @throws IllegalArgumentException if there is no name or one is not a domain name
   */
  Questions(List<String> names, boolean padded) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no name to ask for");
    }
    this.names = names.stream().map(Questions::absolute).toList();
    this.padded = padded;
  }

  private static Name absolute(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("not a domain name: " + text, e);
    }
  }

  /** The query of a turn, counted from 0, in wire format. */
  byte[] query(int turn) {
    Message query = new Message(0);
    query.getHeader().setFlag(Flags.RD);
    query.addRecord(question(turn), Section.QUESTION);
    if (padded) {
      Padding.padQuery(query);
    }
    return query.toWire();
  }

  /** Whether these bytes are a DNS response with this turn's ID and question. */
  boolean isAnswer(int turn, byte[] wire) {
    try {
      Message reply = new Message(wire);
      int rcode = reply.getHeader().getRcode();
      return reply.getHeader().getID() == 0
          && reply.getHeader().getFlag(Flags.QR)
          && question(turn).equals(reply.getQuestion())
          && (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN);
    } catch (IOException e) {
      return false;
    }
  }

  private Record question(int turn) {
    int type = turn / names.size() % 2 == 0 ? Type.A : Type.AAAA;
    return Record.newRecord(names.get(turn % names.size()), type, DClass.IN);
  }
}
