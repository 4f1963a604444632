// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;

/** Reads the extensions of a ClientHello (RFC 8446, section 4.2). */
final class HelloExtensions {
  private static final int HEADER_BYTES = 4;
  private static final int ECH_OUTER = 0;
  private static final int ECH_INNER = 1;

  private HelloExtensions() {}

  /**
   * Reads extensions up to {@code end}. One that is wrong inside is noted and left out; the others
   * are still read.
   *
   * @param second whether only what a second hello says again is to be read
   * @return whether the extensions fill the space
   */
  static boolean read(ByteBuf buffer, int offset, int end, ClientHello hello, boolean second) {
    int position = offset;
    while (position + HEADER_BYTES <= end) {
      int type = buffer.getUnsignedShort(position);
      int start = position + HEADER_BYTES;
      position = start + buffer.getUnsignedShort(position + 2);
      if (position > end) {
        return false;
      }
      if (!second) {
        list(type, hello);
      }
      boolean sound =
          second
              ? readSecond(type, buffer, start, position, hello)
              : readFirst(type, buffer, start, position, hello);
      hello.malformedExtension |= !sound;
    }
    return position == end;
  }

  private static void list(int type, ClientHello hello) {
    if (Grease.isGrease(type)) {
      return;
    }
    if (hello.extensionCount == ClientHello.MAX_EXTENSIONS) {
      hello.overflowed = true;
    } else {
      hello.extensions[hello.extensionCount++] = (char) type;
    }
  }

  private static boolean readFirst(
      int type, ByteBuf buffer, int start, int end, ClientHello hello) {
    return switch (type) {
      case ExtensionType.SERVER_NAME -> readName(buffer, start, end, hello);
      case ExtensionType.SIGNATURE_ALGORITHMS -> readSchemes(buffer, start, end, hello);
      case ExtensionType.SUPPORTED_VERSIONS -> readVersions(buffer, start, end, hello);
      case ExtensionType.ENCRYPTED_CLIENT_HELLO -> readEch(buffer, start, end, hello);
      default -> notePresence(type, hello) || readNegotiable(type, buffer, start, end, hello);
    };
  }

  /** Notes extensions whose presence is all that counts; whether it was one. */
  private static boolean notePresence(int type, ClientHello hello) {
    switch (type) {
      case ExtensionType.SESSION_TICKET -> hello.sessionTicket = true;
      case ExtensionType.PRE_SHARED_KEY -> hello.preSharedKey = true;
      case ExtensionType.EARLY_DATA -> hello.earlyData = true;
      case ExtensionType.QUIC_TRANSPORT_PARAMETERS, ExtensionType.QUIC_TRANSPORT_PARAMETERS_DRAFT ->
          hello.quicParameters = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean readName(ByteBuf buffer, int start, int end, ClientHello hello) {
    hello.nameSeen = true;
    hello.nameMalformed = !ServerName.read(buffer, start, end, hello);
    return !hello.nameMalformed;
  }

  private static boolean readSecond(
      int type, ByteBuf buffer, int start, int end, ClientHello hello) {
    if (type == ExtensionType.ENCRYPTED_CLIENT_HELLO) {
      boolean sound = readEch(buffer, start, end, hello);
      hello.echConfirmed |= sound && hello.echOuter && hello.echKeyLength == 0;
      return sound;
    }
    return readNegotiable(type, buffer, start, end, hello);
  }

  private static boolean readNegotiable(
      int type, ByteBuf buffer, int start, int end, ClientHello hello) {
    return switch (type) {
      case ExtensionType.ALPN -> readAlpn(buffer, start, end, hello);
      case ExtensionType.SUPPORTED_GROUPS -> readGroups(buffer, start, end, hello);
      case ExtensionType.KEY_SHARE -> readShares(buffer, start, end, hello);
      default -> true;
    };
  }

  /** Whether a list with a 16-bit length in front fills the extension. */
  private static boolean isList(ByteBuf buffer, int start, int end) {
    return start + 2 <= end && start + 2 + buffer.getUnsignedShort(start) == end;
  }

  private static boolean readSchemes(ByteBuf buffer, int start, int end, ClientHello hello) {
    if (!isList(buffer, start, end)) {
      return false;
    }
    for (int position = start + 2; position + 2 <= end; position += 2) {
      int scheme = buffer.getUnsignedShort(position);
      if (Grease.isGrease(scheme)) {
        continue;
      }
      if (hello.schemeCount == ClientHello.MAX_SCHEMES) {
        hello.overflowed = true;
        break;
      }
      hello.schemes[hello.schemeCount++] = (char) scheme;
    }
    return true;
  }

  private static boolean readVersions(ByteBuf buffer, int start, int end, ClientHello hello) {
    if (start >= end || start + 1 + buffer.getUnsignedByte(start) != end) {
      return false;
    }
    int highest = 0;
    for (int position = start + 1; position + 2 <= end; position += 2) {
      int version = buffer.getUnsignedShort(position);
      // Drafts of TLS 1.3 are 0x7fNN; they count as what they became.
      int counted = version >>> 8 == 0x7f ? 0x0304 : version;
      if (counted >>> 8 == 3) {
        highest = Math.max(highest, counted);
      }
    }
    hello.highestVersion = highest == 0 ? hello.legacyVersion : highest;
    return true;
  }

  private static boolean readAlpn(ByteBuf buffer, int start, int end, ClientHello hello) {
    hello.alpnSeen = true;
    if (!isList(buffer, start, end)) {
      return false;
    }
    int position = start + 2;
    while (position < end) {
      int length = buffer.getUnsignedByte(position);
      if (length == 0 || position + 1 + length > end) {
        return false;
      }
      boolean grease = length == 2 && Grease.isGrease(buffer.getUnsignedShort(position + 1));
      if (!grease) {
        addProtocol(buffer, position, 1 + length, hello);
      }
      position += 1 + length;
    }
    return true;
  }

  private static void addProtocol(ByteBuf buffer, int offset, int length, ClientHello hello) {
    if (hello.alpnLength + length > ClientHello.MAX_ALPN_BYTES) {
      hello.overflowed = true;
      return;
    }
    buffer.getBytes(offset, hello.alpnNames, hello.alpnLength, length);
    AlpnProtocol protocol = AlpnProtocol.of(hello.alpnNames, hello.alpnLength + 1, length - 1);
    hello.alpnProtocols |= protocol.bit();
    hello.alpnLength += length;
    hello.alpnCount++;
  }

  private static boolean readGroups(ByteBuf buffer, int start, int end, ClientHello hello) {
    if (!isList(buffer, start, end)) {
      return false;
    }
    for (int position = start + 2; position + 2 <= end; position += 2) {
      hello.postQuantumGroup |= NamedGroup.isPostQuantum(buffer.getUnsignedShort(position));
    }
    return true;
  }

  private static boolean readShares(ByteBuf buffer, int start, int end, ClientHello hello) {
    if (!isList(buffer, start, end)) {
      return false;
    }
    int position = start + 2;
    while (position + 4 <= end) {
      hello.postQuantumShare |= NamedGroup.isPostQuantum(buffer.getUnsignedShort(position));
      position += 4 + buffer.getUnsignedShort(position + 2);
    }
    return position == end;
  }

  /**
   * An outer extension is type, KDF (2), AEAD (2), configuration (1), then key and payload with
   * 16-bit lengths; an inner one is its type alone (RFC 9849, section 5).
   */
  private static boolean readEch(ByteBuf buffer, int start, int end, ClientHello hello) {
    int length = end - start;
    if (length == 1 && buffer.getByte(start) == ECH_INNER) {
      return true;
    }
    if (length < 10 || buffer.getByte(start) != ECH_OUTER) {
      return false;
    }
    int keyLength = buffer.getUnsignedShort(start + 6);
    int payload = start + 8 + keyLength;
    if (payload + 2 > end || payload + 2 + buffer.getUnsignedShort(payload) != end) {
      return false;
    }
    hello.echOuter = true;
    hello.echConfigId = buffer.getUnsignedByte(start + 5);
    hello.echKeyLength = keyLength;
    return true;
  }
}
