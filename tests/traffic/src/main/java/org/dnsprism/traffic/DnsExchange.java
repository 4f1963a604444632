// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** A DNS query and its response (RFC 1035), with EDNS (RFC 6891) in most. */
final class DnsExchange {
  static final int A = 1;
  static final int AAAA = 28;
  static final int HTTPS = 65;
  static final int PTR = 12;

  private static final int TXT = 16;
  private static final int MX = 15;
  private static final int CNAME = 5;
  private static final int SOA = 6;
  private static final int OPT = 41;
  private static final int NXDOMAIN = 3;
  private static final int SERVFAIL = 2;
  private static final int REFUSED = 5;
  private static final int POINTER_TO_QUESTION = 0xc00c;
  private static final int RESPONSE = 0x8080;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int TRUNCATED = 0x0200;
  private static final int DNSSEC_OK = 0x8000;

  private final int identifier;
  private final String name;
  private final int type;
  private final int rcode;
  private final boolean edns;
  private final boolean dnssec;
  private final boolean truncated;
  private final long content;

  private DnsExchange(Dice dice, String name, int type, boolean truncated) {
    this.name = name;
    this.type = type;
    this.truncated = truncated;
    identifier = dice.below(65536);
    rcode = rcode(dice.unit());
    edns = dice.chance(0.7);
    dnssec = edns && dice.chance(0.25);
    content = dice.next();
  }

  /** A question as clients ask them. */
  static DnsExchange random(Dice dice) {
    double what = dice.unit();
    boolean truncated = dice.chance(0.004);
    if (what < 0.05) {
      return new DnsExchange(dice, Names.reverse(dice), PTR, truncated);
    }
    int type = what < 0.60 ? A : what < 0.82 ? AAAA : what < 0.96 ? HTTPS : what < 0.98 ? TXT : MX;
    return new DnsExchange(dice, Names.random(dice), type, truncated);
  }

  /** The questions for both kinds of addresses of a name that stubs ask together. */
  static DnsExchange[] pair(Dice dice) {
    String name = Names.random(dice);
    return new DnsExchange[] {
      new DnsExchange(dice, name, A, false), new DnsExchange(dice, name, AAAA, false)
    };
  }

  private static int rcode(double chance) {
    return chance < 0.82 ? 0 : chance < 0.97 ? NXDOMAIN : chance < 0.99 ? SERVFAIL : REFUSED;
  }

  Bytes query() {
    return question(RECURSION_DESIRED, 0, 0);
  }

  Bytes response() {
    return answer(truncated);
  }

  /** The whole response, as it comes over TCP. */
  Bytes wholeResponse() {
    return answer(false);
  }

  private Bytes answer(boolean cut) {
    int flags = RESPONSE | RECURSION_DESIRED | rcode | (cut ? TRUNCATED : 0);
    if (rcode != 0 || cut) {
      boolean denial = rcode == NXDOMAIN && !cut;
      Bytes bytes = question(flags, 0, denial ? 1 : 0);
      return denial ? soa(bytes) : bytes;
    }
    boolean alias = (content & 7) < 3 && type != PTR;
    int answers = type == A || type == AAAA ? 1 + (int) ((content >>> 8) & 3) : 1;
    Bytes bytes = question(flags, answers + (alias ? 1 : 0), 0);
    int owner = POINTER_TO_QUESTION;
    if (alias) {
      int target = bytes.length() + 12;
      record(bytes, owner, CNAME).u16(0);
      int start = bytes.length();
      bytes.name(Names.of((int) ((content >>> 16) & 0xffff))).close16(start);
      owner = 0xc000 | target;
    }
    for (int i = 0; i < answers; i++) {
      data(record(bytes, owner, type), i);
    }
    return options(bytes);
  }

  private Bytes question(int flags, int answers, int authority) {
    Bytes bytes = new Bytes(512).u16(identifier).u16(flags).u16(1).u16(answers).u16(authority);
    bytes.u16(edns ? 1 : 0).name(name).u16(type).u16(1);
    return answers == 0 && authority == 0 ? options(bytes) : bytes;
  }

  private Bytes options(Bytes bytes) {
    return edns ? bytes.u8(0).u16(OPT).u16(1232).u32(dnssec ? DNSSEC_OK : 0).u16(0) : bytes;
  }

  private Bytes soa(Bytes bytes) {
    // Its own names point at the owner, which keeps denials short.
    bytes.name("example").u16(SOA).u16(1).u32(900).u16(24);
    bytes.u16(POINTER_TO_QUESTION).u16(POINTER_TO_QUESTION);
    return options(bytes.u32(2026).u32(7200).u32(3600).u32(1209600).u32(900));
  }

  private Bytes record(Bytes bytes, int owner, int recordType) {
    return bytes.u16(owner).u16(recordType).u16(1).u32(60 + (int) ((content >>> 32) & 1023));
  }

  private void data(Bytes bytes, int number) {
    switch (type) {
      case A -> bytes.u16(4).u32(0xc6120000 + (int) ((content >>> 20) & 0x1ffff) + number);
      case AAAA -> bytes.u16(16).u32(0x20010db8).u32(0xaaaa0000).u32(0).u32((int) content + number);
      case HTTPS -> bytes.u16(13).u16(1).u8(0).u16(1).u16(6).u8(2).text("h3").u8(2).text("h2");
      case PTR, MX -> {
        bytes.u16(0);
        int start = bytes.length();
        (type == MX ? bytes.u16(10) : bytes).name(Names.of((int) ((content >>> 16) & 0xffff)));
        bytes.close16(start);
      }
      default -> bytes.u16(49).u8(48).text("v=spf1 include:_spf.example -all                ");
    }
  }
}
