// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.HTTPSRecord;
import org.xbill.DNS.Header;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Makes messages with dnsjava: every section, many types, names that share their ends. */
final class RandomMessages {
  private static final int FIRST_PRIVATE_TYPE = 65280;
  private static final int[] OPCODES = {0, 0, 0, 0, 1, 2, 4, 5};
  private static final int[] FLAGS = {
    Flags.QR, Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD
  };
  private static final int[] QUESTION_TYPES = {
    Type.A,
    Type.AAAA,
    Type.NS,
    Type.MX,
    Type.TXT,
    Type.HTTPS,
    Type.SVCB,
    Type.ANY,
    Type.AXFR,
    Type.PTR,
    Type.SRV,
    Type.DS,
    Type.DNSKEY,
    Type.CAA,
    65279
  };

  private final Random random;
  private final List<Name> names = new ArrayList<>();

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  /** Any kind of message that has an assigned opcode. */
  Message any() {
    names.clear();
    names.add(Name.root);
    Message message = new Message(random.nextInt(1 << 16));
    Header header = message.getHeader();
    for (int flag : FLAGS) {
      if (random.nextBoolean()) {
        header.setFlag(flag);
      }
    }
    header.setOpcode(OPCODES[random.nextInt(OPCODES.length)]);
    header.setRcode(random.nextInt(16));
    for (int questions = random.nextInt(8) == 0 ? random.nextInt(4) : 1;
        questions > 0;
        questions--) {
      message.addRecord(question(DClass.IN + (random.nextInt(9) == 0 ? 2 : 0)), Section.QUESTION);
    }
    addRecords(message, Section.ANSWER, random.nextInt(6));
    addRecords(message, Section.AUTHORITY, random.nextInt(3));
    addRecords(message, Section.ADDITIONAL, random.nextInt(3));
    if (random.nextBoolean()) {
      message.addRecord(opt(), Section.ADDITIONAL);
    }
    return message;
  }

  /** A query for one name as a stub resolver sends it. */
  Message query() {
    names.clear();
    names.add(Name.root);
    Message message = new Message(random.nextInt(1 << 16));
    message.getHeader().setFlag(Flags.RD);
    message.addRecord(question(DClass.IN), Section.QUESTION);
    if (random.nextBoolean()) {
      message.addRecord(opt(), Section.ADDITIONAL);
    }
    return message;
  }

  /** The answer to a query, with its question. */
  Message answer(Message query) {
    Message message = new Message(query.getHeader().getID());
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(random.nextInt(6));
    message.addRecord(query.getQuestion(), Section.QUESTION);
    addRecords(message, Section.ANSWER, random.nextInt(8));
    addRecords(message, Section.AUTHORITY, random.nextInt(2));
    return message;
  }

  private Record question(int dclass) {
    int type = QUESTION_TYPES[random.nextInt(QUESTION_TYPES.length)];
    return Record.newRecord(name(), type == 65279 ? Type.A : type, dclass);
  }

  private void addRecords(Message message, int section, int count) {
    for (int i = 0; i < count; i++) {
      message.addRecord(record(), section);
    }
  }

  private Record record() {
    Name name = name();
    long ttl = random.nextInt(1 << 20);
    return switch (random.nextInt(12)) {
      case 0 -> new ARecord(name, DClass.IN, ttl, address(4));
      case 1 -> new AAAARecord(name, DClass.IN, ttl, address(16));
      case 2 -> new NSRecord(name, DClass.IN, ttl, name());
      case 3 -> new CNAMERecord(name, DClass.IN, ttl, name());
      case 4 -> new SOARecord(name, DClass.IN, ttl, name(), name(), 1, 2, 3, 4, 5);
      case 5 -> new MXRecord(name, DClass.IN, ttl, 10, name());
      case 6 -> new TXTRecord(name, DClass.IN, ttl, "v=" + random.nextLong());
      case 7 -> new SRVRecord(name, DClass.IN, ttl, 1, 2, 853, name());
      case 8 -> new SVCBRecord(name, DClass.IN, ttl, 1, name(), List.of());
      case 9 -> new HTTPSRecord(name, DClass.IN, ttl, 1, name(), List.of());
      case 10 -> new PTRRecord(name, DClass.IN, ttl, name());
      default -> unknown(name, ttl);
    };
  }

  private Record unknown(Name name, long ttl) {
    int type = FIRST_PRIVATE_TYPE + random.nextInt(200);
    return Record.newRecord(name, type, DClass.IN, ttl, octets(random.nextInt(300)));
  }

  private OPTRecord opt() {
    List<EDNSOption> options = new ArrayList<>();
    if (random.nextBoolean()) {
      boolean six = random.nextBoolean();
      options.add(new ClientSubnetOption(six ? 128 : 32, address(six ? 16 : 4)));
    }
    if (random.nextBoolean()) {
      options.add(new CookieOption(octets(8)));
    }
    if (random.nextBoolean()) {
      options.add(new GenericEDNSOption(12, new byte[random.nextInt(200)]));
    }
    if (random.nextBoolean()) {
      options.add(new GenericEDNSOption(3, octets(random.nextInt(9))));
    }
    int flags = random.nextBoolean() ? ExtendedFlags.DO : 0;
    // dnsjava takes what stands in place of a time to live for 0 when its highest bit is set.
    int extendedRcode = random.nextInt(4) == 0 ? random.nextInt(128) : 0;
    return new OPTRecord(1232, extendedRcode, 0, flags, options);
  }

  private InetAddress address(int length) {
    try {
      return InetAddress.getByAddress(octets(length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] octets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }

  /** A new name below one that was used before, or that one again. */
  private Name name() {
    Name parent = names.get(random.nextInt(names.size()));
    if (names.size() > 1 && random.nextInt(3) == 0) {
      return parent;
    }
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    for (int labels = 1 + random.nextInt(4); labels > 0; labels--) {
      byte[] label = label();
      if (wire.size() + 1 + label.length + parent.length() <= 255) {
        wire.write(label.length);
        wire.writeBytes(label);
      }
    }
    wire.writeBytes(parent.toWire());
    try {
      Name name = new Name(wire.toByteArray());
      names.add(name);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mostly letters of both cases; sometimes any octets, or as long as a label can be. */
  private byte[] label() {
    byte[] label = octets(random.nextInt(10) == 0 ? 63 : 1 + random.nextInt(15));
    if (random.nextInt(5) > 0) {
      for (int i = 0; i < label.length; i++) {
        label[i] = (byte) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(26));
      }
    }
    return label;
  }
}
