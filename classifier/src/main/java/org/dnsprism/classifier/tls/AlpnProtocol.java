// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.nio.charset.StandardCharsets;

/** The application protocols that an ALPN name (RFC 7301) can stand for, as far as DNS cares. */
public enum AlpnProtocol {
  /** {@code dot}, DNS over TLS (RFC 7858; name registered by IANA). */
  DOT,
  /** {@code doq} (RFC 9250) and its drafts: {@code doq-i00}, {@code doq-h02}, {@code dq}. */
  DOQ,
  /** {@code h2} (RFC 9113). */
  H2,
  /** {@code http/1.1}, {@code http/1.0} and {@code http/0.9}. */
  HTTP1,
  /** {@code h3} (RFC 9114) and its drafts such as {@code h3-29}. */
  H3,
  /** Any other. */
  FOREIGN;

  private static final byte[] HTTP = "http/".getBytes(StandardCharsets.US_ASCII);

  /** The bit of this protocol in {@link ClientHello#alpnProtocols()}. */
  public int bit() {
    return 1 << ordinal();
  }

  /** Whether a set of {@link #bit()} has this protocol. */
  public boolean in(int protocols) {
    return (protocols & bit()) != 0;
  }

  /** Tells what the name in {@code bytes} stands for. */
  public static AlpnProtocol of(byte[] bytes, int offset, int length) {
    if (length < 2) {
      return FOREIGN;
    }
    int first = bytes[offset];
    int second = bytes[offset + 1];
    if (first == 'h') {
      return http(bytes, offset, length, second);
    }
    if (first != 'd') {
      return FOREIGN;
    }
    if (second == 'o' && length >= 3) {
      int third = bytes[offset + 2];
      boolean dot = third == 't' && length == 3;
      return dot ? DOT : third == 'q' && endsOrDrafts(bytes, offset, length, 3) ? DOQ : FOREIGN;
    }
    return second == 'q' && endsOrDrafts(bytes, offset, length, 2) ? DOQ : FOREIGN;
  }

  private static AlpnProtocol http(byte[] bytes, int offset, int length, int second) {
    if (second == '2' && length == 2) {
      return H2;
    }
    if (second == '3' && endsOrDrafts(bytes, offset, length, 2)) {
      return H3;
    }
    if (length != 8) {
      return FOREIGN;
    }
    for (int i = 0; i < HTTP.length; i++) {
      if (bytes[offset + i] != HTTP[i]) {
        return FOREIGN;
      }
    }
    int major = bytes[offset + 5];
    return (major == '0' || major == '1') && bytes[offset + 6] == '.' ? HTTP1 : FOREIGN;
  }

  /** Drafts are named by a suffix behind a hyphen. */
  private static boolean endsOrDrafts(byte[] bytes, int offset, int length, int position) {
    return length == position || bytes[offset + position] == '-';
  }
}
