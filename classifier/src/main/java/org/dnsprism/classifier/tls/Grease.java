// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** The reserved values that clients scatter to keep servers tolerant (RFC 8701, section 2). */
final class Grease {
  private Grease() {}

  /** Whether a 16-bit version, suite, extension, group or scheme is one of 0x0a0a .. 0xfafa. */
  static boolean isGrease(int value) {
    return (value & 0x0f0f) == 0x0a0a && value >>> 8 == (value & 0xff);
  }
}
