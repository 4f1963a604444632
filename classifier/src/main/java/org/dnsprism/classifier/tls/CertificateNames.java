// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/**
 * The DNS names of the first certificate in a Certificate message (RFC 5246, section 7.4.2): those
 * of its subject alternative names, or its common name where it has none (RFC 5280, sections 4.1
 * and 4.2.1.6). Names are kept within a bound of 2 KiB; the rest is left out.
 */
final class CertificateNames {
  private static final int MAX_BYTES = 2048;
  private static final int CERTIFICATE_OFFSET = 10;

  private static final int INTEGER = 0x02;
  private static final int OID = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int VERSION_TAG = 0xa0;
  private static final int EXTENSIONS_TAG = 0xa3;
  private static final int OCTET_STRING = 0x04;
  private static final int DNS_NAME = 0x82;
  private static final int COMMON_NAME_OID = 0x550403;
  private static final int ALTERNATIVE_NAME_OID = 0x551d11;

  private final byte[] names = new byte[MAX_BYTES];
  private final Der der = new Der();
  private int length;

  void clear() {
    length = 0;
  }

  /** The names, each behind a byte with its length, in the first {@link #length()} bytes. */
  byte[] bytes() {
    return names;
  }

  int length() {
    return length;
  }

  /** Reads a Certificate message with its handshake header. */
  void read(ByteBuf buffer, int offset, int messageLength) {
    clear();
    if (messageLength < CERTIFICATE_OFFSET) {
      return;
    }
    int start = offset + CERTIFICATE_OFFSET;
    int end = start + buffer.getUnsignedMedium(start - 3);
    if (end <= offset + messageLength
        && der.read(buffer, start, end, SEQUENCE)
        && der.read(buffer, der.start, der.end, SEQUENCE)) {
      readBody(buffer, der.start, der.end);
    }
  }

  /** The fields in order: version, serial, algorithm, issuer, validity, subject, key, others. */
  private void readBody(ByteBuf buffer, int start, int end) {
    int position = start;
    if (der.read(buffer, position, end, VERSION_TAG)) {
      position = der.end;
    }
    if (!der.read(buffer, position, end, INTEGER)) {
      return;
    }
    for (int field = 0; field < 3; field++) {
      if (!der.read(buffer, der.end, end, SEQUENCE)) {
        return;
      }
    }
    if (!der.read(buffer, der.end, end, SEQUENCE)) {
      return;
    }
    int subjectStart = der.start;
    int subjectEnd = der.end;
    position = subjectEnd;
    while (position < end && der.readAny(buffer, position, end)) {
      position = der.end;
      if (der.tag == EXTENSIONS_TAG && der.read(buffer, der.start, der.end, SEQUENCE)) {
        readExtensions(buffer, der.start, der.end);
      }
    }
    if (length == 0) {
      readSubject(buffer, subjectStart, subjectEnd);
    }
  }

  private void readExtensions(ByteBuf buffer, int start, int end) {
    int position = start;
    while (position < end && der.read(buffer, position, end, SEQUENCE)) {
      position = der.end;
      int extensionEnd = der.end;
      if (der.read(buffer, der.start, extensionEnd, OID)
          && isOid(buffer, ALTERNATIVE_NAME_OID)
          && der.readAny(buffer, der.end, extensionEnd)
          && (der.tag == OCTET_STRING || der.read(buffer, der.end, extensionEnd, OCTET_STRING))
          && der.read(buffer, der.start, der.end, SEQUENCE)) {
        readAlternativeNames(buffer, der.start, der.end);
      }
    }
  }

  private void readAlternativeNames(ByteBuf buffer, int start, int end) {
    int position = start;
    while (position < end && der.readAny(buffer, position, end)) {
      position = der.end;
      if (der.tag == DNS_NAME) {
        add(buffer, der.start, der.end);
      }
    }
  }

  private void readSubject(ByteBuf buffer, int start, int end) {
    int position = start;
    while (position < end && der.readAny(buffer, position, end)) {
      position = der.end;
      int setEnd = der.end;
      if (der.read(buffer, der.start, setEnd, SEQUENCE)
          && der.read(buffer, der.start, der.end, OID)
          && isOid(buffer, COMMON_NAME_OID)
          && der.readAny(buffer, der.end, setEnd)) {
        add(buffer, der.start, der.end);
      }
    }
  }

  private boolean isOid(ByteBuf buffer, int oid) {
    return der.end - der.start == 3 && buffer.getUnsignedMedium(der.start) == oid;
  }

  private void add(ByteBuf buffer, int start, int end) {
    int nameLength = end - start;
    if (nameLength == 0
        || nameLength > ClientHello.MAX_NAME_BYTES
        || length + 1 + nameLength > MAX_BYTES) {
      return;
    }
    for (int i = 0; i < nameLength; i++) {
      int octet = ServerName.lowerCase(buffer.getByte(start + i));
      if (octet != '*' && !ServerName.isHostCharacter(octet)) {
        return;
      }
      names[length + 1 + i] = (byte) octet;
    }
    names[length] = (byte) nameLength;
    length += 1 + nameLength;
  }
}
