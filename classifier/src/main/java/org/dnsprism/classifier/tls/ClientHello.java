// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS ClientHello says (RFC 8446, section 4.1.2), copied out of the packet so that it
 * outlives it. Reused: {@link ClientHelloParser} fills it anew. GREASE values (RFC 8701) are left
 * out everywhere. All arrays are bounded; what does not fit is left out and {@link #overflowed()}
 * says so. Not thread-safe.
 */
public final class ClientHello {
  /** Longest server name in bytes (RFC 1035, section 2.3.4). */
  public static final int MAX_NAME_BYTES = 255;

  /** The most bytes of ALPN names that are kept, their lengths included. */
  public static final int MAX_ALPN_BYTES = 512;

  static final int MAX_SUITES = 256;
  static final int MAX_EXTENSIONS = 128;
  static final int MAX_SCHEMES = 64;

  final char[] suites = new char[MAX_SUITES];
  final char[] extensions = new char[MAX_EXTENSIONS];
  final char[] schemes = new char[MAX_SCHEMES];
  final byte[] alpnNames = new byte[MAX_ALPN_BYTES];
  final byte[] name = new byte[MAX_NAME_BYTES];
  int legacyVersion;
  int highestVersion;
  int suiteCount;
  int extensionCount;
  int schemeCount;
  int alpnLength;
  int alpnCount;
  int alpnProtocols;
  int nameLength;
  int echConfigId;
  int echKeyLength;
  boolean nameSeen;
  boolean nameMalformed;
  boolean alpnSeen;
  boolean echOuter;
  boolean echConfirmed;
  boolean sessionTicket;
  boolean preSharedKey;
  boolean earlyData;
  boolean quicParameters;
  boolean postQuantumGroup;
  boolean postQuantumShare;
  boolean malformedExtension;
  boolean overflowed;
  boolean truncated;
  boolean sslv2Format;
  boolean retried;

  /** Forgets everything. */
  public void clear() {
    legacyVersion = 0;
    highestVersion = 0;
    suiteCount = 0;
    extensionCount = 0;
    schemeCount = 0;
    nameLength = 0;
    nameSeen = false;
    nameMalformed = false;
    echOuter = false;
    echConfirmed = false;
    echConfigId = 0;
    echKeyLength = 0;
    sessionTicket = false;
    preSharedKey = false;
    earlyData = false;
    quicParameters = false;
    malformedExtension = false;
    overflowed = false;
    truncated = false;
    sslv2Format = false;
    retried = false;
    clearNegotiable();
  }

  /** Forgets what the second hello after a HelloRetryRequest says again. */
  void clearNegotiable() {
    alpnSeen = false;
    alpnLength = 0;
    alpnCount = 0;
    alpnProtocols = 0;
    postQuantumGroup = false;
    postQuantumShare = false;
  }

  /** The version field in front, 0x0300 to 0x0303; what TLS 1.3 calls the legacy version. */
  public int legacyVersion() {
    return legacyVersion;
  }

  /** The highest version offered, such as 0x0304; the legacy version where no list is given. */
  public int highestVersion() {
    return highestVersion;
  }

  /** Whether there is a server_name extension, readable or not. */
  public boolean serverNamePresent() {
    return nameSeen;
  }

  /** Whether the server_name extension holds no host name that can be one. */
  public boolean serverNameMalformed() {
    return nameMalformed;
  }

  /** The server name in lower case, in the first {@link #sniLength()} bytes; not a copy. */
  public byte[] sniBytes() {
    return name;
  }

  /** Length of the server name, without a dot at the end; 0 when there is none. */
  public int sniLength() {
    return nameLength;
  }

  /** The server name in lower case, or null; makes a new string. */
  public @Nullable String sni() {
    return nameLength == 0 ? null : new String(name, 0, nameLength, StandardCharsets.US_ASCII);
  }

  /** Whether there is an ALPN extension. */
  public boolean alpnPresent() {
    return alpnSeen;
  }

  /** How many ALPN names are kept. */
  public int alpnCount() {
    return alpnCount;
  }

  /**
   * The ALPN names in order, each behind a byte with its length, in the first {@link #alpnLength()}
   * bytes; not a copy.
   */
  public byte[] alpnBytes() {
    return alpnNames;
  }

  /** Length of the names in {@link #alpnBytes()}. */
  public int alpnLength() {
    return alpnLength;
  }

  /** The protocols offered, as a set of {@link AlpnProtocol#bit()}. */
  public int alpnProtocols() {
    return alpnProtocols;
  }

  /** Whether ALPN offers the protocol. */
  public boolean offers(AlpnProtocol protocol) {
    return protocol.in(alpnProtocols);
  }

  /**
   * The ALPN names in order, joined by commas, or null when there are none; makes a new string.
   * Bytes that are no printable ASCII, commas and backslashes are written as {@code \xNN}.
   */
  public @Nullable String alpn() {
    return alpnCount == 0 ? null : AlpnText.join(alpnNames, alpnLength);
  }

  /**
   * What this hello shows of Encrypted ClientHello (RFC 9849). A single outer hello looks the same
   * whether it carries an inner one or GREASE: that is the purpose of GREASE. The hello itself
   * settles it only when it answers a HelloRetryRequest with an empty key, which GREASE never does
   * (section 6.2). An inner hello in the clear, behind the server that opened it, hides nothing.
   */
  public Ech ech() {
    return !echOuter ? Ech.NONE : echConfirmed ? Ech.OFFERED : Ech.GREASE;
  }

  /** Identifier of the ECH configuration, 0 to 255; meaningless for GREASE. */
  public int echConfigId() {
    return echConfigId;
  }

  /** Whether a post-quantum group is supported. */
  public boolean postQuantumGroup() {
    return postQuantumGroup;
  }

  /** Whether a key share of a post-quantum group is sent. */
  public boolean postQuantumKeyShare() {
    return postQuantumShare;
  }

  /** Whether there is a session ticket extension (TLS 1.2; also empty). */
  public boolean sessionTicketPresent() {
    return sessionTicket;
  }

  /** Whether there is a pre-shared key: a resumed session in TLS 1.3. */
  public boolean preSharedKeyPresent() {
    return preSharedKey;
  }

  /** Whether early data follows. */
  public boolean earlyDataPresent() {
    return earlyData;
  }

  /** Whether there are QUIC transport parameters. */
  public boolean quicParametersPresent() {
    return quicParameters;
  }

  /** Number of cipher suites. */
  public int cipherSuiteCount() {
    return suiteCount;
  }

  /** Number of extensions. */
  public int extensionCount() {
    return extensionCount;
  }

  /** Whether an extension that is read has lengths that do not add up; it is then left out. */
  public boolean malformedExtension() {
    return malformedExtension;
  }

  /** Whether some list was longer than is kept. */
  public boolean overflowed() {
    return overflowed;
  }

  /** Whether the bytes ended before the message did. */
  public boolean truncated() {
    return truncated;
  }

  /** Whether it is in the format of SSL version 2 (RFC 5246, appendix E.2). */
  public boolean sslv2Format() {
    return sslv2Format;
  }

  /** Whether a second hello was read after a HelloRetryRequest. */
  public boolean retried() {
    return retried;
  }

  @Override
  public String toString() {
    return "ClientHello[version=%x sni=%s alpn=%s ech=%s]"
        .formatted(highestVersion, sni(), alpn(), ech());
  }
}
