// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * A frame as a test wrote it, or as it was read back; the bytes are in hexadecimal, so that frames
 * can be compared and shown.
 */
record TestFrame(String data, int wireLength, long timeNanos, int linkType) {
  /** A frame of random bytes, whole, at this time. */
  static TestFrame random(SplittableRandom random, int length, long timeNanos) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return of(bytes, length, timeNanos);
  }

  /** An Ethernet frame of which these bytes were kept. */
  static TestFrame of(byte[] bytes, int wireLength, long timeNanos) {
    return new TestFrame(HexFormat.of().formatHex(bytes), wireLength, timeNanos, 1);
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(data);
  }

  TestFrame onLink(int otherLinkType) {
    return new TestFrame(data, wireLength, timeNanos, otherLinkType);
  }

  TestFrame at(long otherTimeNanos) {
    return new TestFrame(data, wireLength, otherTimeNanos, linkType);
  }
}
