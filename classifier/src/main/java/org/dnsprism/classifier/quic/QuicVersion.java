// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import java.util.HexFormat;

/** QUIC version numbers, and what changes with them. */
final class QuicVersion {
  /** Marks a Version Negotiation packet (RFC 9000, section 17.2.1). */
  static final int NEGOTIATION = 0;

  /** RFC 9000. */
  static final int V1 = 0x00000001;

  /** The draft that was deployed most before version 1. */
  static final int DRAFT_29 = 0xff00001d;

  /** RFC 9369. */
  static final int V2 = 0x6b3343cf;

  /** Number of version 2 in its drafts. */
  private static final int V2_DRAFT = 0x709a50c4;

  /** Drafts of version 1 are numbered 0xff000000 + draft. */
  private static final int DRAFTS = 0xff0000;

  private static final int FIRST_DRAFT = 22;
  private static final int LAST_DRAFT = 34;

  /** Versions of the mvfst library, which follow drafts 22 and 27. */
  private static final int MVFST = 0xfaceb0;

  private static final byte[] SALT_22 = salt("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a");
  private static final byte[] SALT_23 = salt("c3eef712c72ebb5a11a7d2432bb46365bef9f502");
  private static final byte[] SALT_29 = salt("afbfec289993d24c9e9786f19c6111e04390a899");
  private static final byte[] SALT_V1 = salt("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
  private static final byte[] SALT_V2 = salt("0dede3def700a6db819381be6e269dcbf9bd2ed9");
  private static final byte[] SALT_V2_DRAFT = salt("a707c203a59b47184a1d62ca570406ea7ae3e5d3");

  private QuicVersion() {}

  /** Whether Initials of the version can be decrypted. */
  static boolean isKnown(int version) {
    int draft = version & 0xff;
    return switch (version >>> 8) {
      case DRAFTS -> draft >= FIRST_DRAFT && draft <= LAST_DRAFT;
      case MVFST -> draft == 0x01 || draft == 0x02 || draft == 0x0e;
      default -> version == V1 || isV2(version);
    };
  }

  /** Whether the version is reserved to force Version Negotiation (RFC 9000, section 15). */
  static boolean isReserved(int version) {
    return (version & 0x0f0f0f0f) == 0x0a0a0a0a;
  }

  /** Whether the number alone makes QUIC likely, though its Initials cannot be decrypted. */
  static boolean isRecognised(int version) {
    return isKnown(version)
        || isReserved(version)
        || version >>> 8 == MVFST
        || (version >>> 8 == DRAFTS && (version & 0xff) <= LAST_DRAFT + 2);
  }

  /** Whether types and key labels are those of RFC 9369. */
  static boolean isV2(int version) {
    return version == V2 || version == V2_DRAFT;
  }

  /** The Initial salt of a {@linkplain #isKnown known} version; not to be written to. */
  static byte[] salt(int version) {
    return switch (version >>> 8) {
      case DRAFTS -> draftSalt(version & 0xff);
      case MVFST -> (version & 0xff) == 0x01 ? SALT_22 : SALT_23;
      default -> version == V2 ? SALT_V2 : version == V2_DRAFT ? SALT_V2_DRAFT : SALT_V1;
    };
  }

  private static byte[] draftSalt(int draft) {
    if (draft <= 22) {
      return SALT_22;
    }
    return draft <= 28 ? SALT_23 : draft <= 32 ? SALT_29 : SALT_V1;
  }

  private static byte[] salt(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
