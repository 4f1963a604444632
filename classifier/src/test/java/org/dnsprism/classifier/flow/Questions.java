// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS messages made by dnsjava. */
public final class Questions {
  private Questions() {}

  /** A query for addresses. */
  public static byte[] query(int id, String name) {
    Message message = Message.newQuery(question(name));
    message.getHeader().setID(id);
    return message.toWire();
  }

  /** A response with one address. */
  public static byte[] response(int id, String name) {
    Record question = question(name);
    Message message = Message.newQuery(question);
    message.getHeader().setID(id);
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setFlag(Flags.RA);
    InetAddress address = Peer.of("198.51.100.7", 0).address();
    message.addRecord(new ARecord(question.getName(), DClass.IN, 60, address), Section.ANSWER);
    return message.toWire();
  }

  /** With the length in front, as over TCP (RFC 1035, section 4.2.2). */
  public static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  private static Record question(String name) {
    return Record.newRecord(Name.fromConstantString(name + "."), Type.A, DClass.IN);
  }
}
