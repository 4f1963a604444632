// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** The key exchange groups that matter to a monitor (IANA, "TLS Supported Groups"). */
final class NamedGroup {
  private NamedGroup() {}

  /** Whether the group is ML-KEM or Kyber, alone or joined with an elliptic curve. */
  static boolean isPostQuantum(int group) {
    return switch (group) {
      case 0x0200, // MLKEM512
          0x0201, // MLKEM768
          0x0202, // MLKEM1024
          0x11eb, // SecP256r1MLKEM768
          0x11ec, // X25519MLKEM768
          0x11ed, // SecP384r1MLKEM1024
          0x6399, // X25519Kyber768Draft00
          0x639a -> // SecP256r1Kyber768Draft00
          true;
      default -> false;
    };
  }
}
