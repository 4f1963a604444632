// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import java.nio.charset.StandardCharsets;

/**
 * A DNS message (RFC 1035, section 4) as far as statistics need it: a reused object, filled by
 * {@link DnsParser} without allocation.
 */
public final class DnsMessage {
  /** The most bytes of a name in text form without escapes: on the wire it has 255, two more. */
  public static final int MAX_NAME_BYTES = 253;

  int id;
  int flags;
  int rcode;
  int questionCount;
  int answerCount;
  int qtype;
  int qclass;
  final byte[] name = new byte[MAX_NAME_BYTES];
  int nameLength;
  long nameHash;
  boolean edns;
  boolean dnssecOk;
  boolean clientSubnet;
  boolean cookie;
  int paddingLength;
  boolean serviceBinding;

  /** Makes one that holds nothing yet. */
  public DnsMessage() {}

  void clear() {
    questionCount = 0;
    answerCount = 0;
    qtype = 0;
    qclass = 0;
    nameLength = 0;
    nameHash = 0;
    edns = false;
    dnssecOk = false;
    clientSubnet = false;
    cookie = false;
    paddingLength = -1;
    serviceBinding = false;
  }

  /** Identifier, 0 to 65535. */
  public int id() {
    return id;
  }

  /** Whether it is a response. */
  public boolean response() {
    return (flags & DnsHeader.RESPONSE) != 0;
  }

  /** Kind of query, 0 to 15. */
  public int opcode() {
    return DnsHeader.opcode(flags);
  }

  /** Whether the answer was cut off to fit the datagram (TC). */
  public boolean truncated() {
    return (flags & DnsHeader.TRUNCATED) != 0;
  }

  /** Whether the answer is authoritative (AA). */
  public boolean authoritative() {
    return (flags & DnsHeader.AUTHORITATIVE) != 0;
  }

  /** Whether recursion is asked for (RD). */
  public boolean recursionDesired() {
    return (flags & DnsHeader.RECURSION_DESIRED) != 0;
  }

  /** Response code, 0 to 4095, extended by EDNS (RFC 6891, section 6.1.3). */
  public int rcode() {
    return rcode;
  }

  /** Questions in the message. */
  public int questionCount() {
    return questionCount;
  }

  /** Records in the answer section. */
  public int answerCount() {
    return answerCount;
  }

  /** Whether the first question was read, has a type, and a class that has been assigned. */
  public boolean ordinaryClass() {
    return questionCount > 0 && qtype != 0 && DnsCodes.ordinaryClass(qclass);
  }

  /** As {@link #ordinaryClass}, and its type has been assigned too. */
  public boolean ordinaryQuestion() {
    return ordinaryClass() && DnsCodes.knownType(qtype);
  }

  /** Type of the first question; 0 without one. */
  public int qtype() {
    return qtype;
  }

  /** Class of the first question without the bit of multicast DNS; 0 without one. */
  public int qclass() {
    return qclass;
  }

  /**
   * The first question's name in lower case, labels joined by dots, without a trailing dot; not a
   * copy, valid up to {@link #nameLength()}.
   */
  public byte[] nameBytes() {
    return name;
  }

  /** Length of the name in {@link #nameBytes()}, 0 for the root. */
  public int nameLength() {
    return nameLength;
  }

  /** Hash of the first question's name, type and class, whatever the name's case. */
  public long nameHash() {
    return nameHash;
  }

  /** Whether there is an OPT record (RFC 6891). */
  public boolean edns() {
    return edns;
  }

  /** Whether DNSSEC records are asked for (DO, RFC 3225). */
  public boolean dnssecOk() {
    return dnssecOk;
  }

  /** Whether there is a client subnet option (RFC 7871). */
  public boolean clientSubnet() {
    return clientSubnet;
  }

  /** Whether there is a cookie option (RFC 7873). */
  public boolean cookie() {
    return cookie;
  }

  /** Length of the padding option's data (RFC 7830), or -1 without one. */
  public int paddingLength() {
    return paddingLength;
  }

  /** Whether the answer section holds an SVCB or HTTPS record (RFC 9460). */
  public boolean serviceBinding() {
    return serviceBinding;
  }

  /** Whether the first question's name is this one. */
  public boolean nameIs(byte[] lowerCaseName) {
    return nameLength == lowerCaseName.length && nameEndsWith(lowerCaseName);
  }

  /** Whether the first question's name ends with these bytes. */
  public boolean nameEndsWith(byte[] lowerCaseSuffix) {
    int start = nameLength - lowerCaseSuffix.length;
    if (start < 0) {
      return false;
    }
    for (int i = 0; i < lowerCaseSuffix.length; i++) {
      if (name[start + i] != lowerCaseSuffix[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "DnsMessage[id=%d response=%b rcode=%d name=%s type=%d class=%d answers=%d]"
        .formatted(
            id,
            response(),
            rcode,
            new String(name, 0, nameLength, StandardCharsets.ISO_8859_1),
            qtype,
            qclass,
            answerCount);
  }
}
