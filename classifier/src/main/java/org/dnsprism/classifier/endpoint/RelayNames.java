// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server names of relays, which carry DNS with everything else and hide all of it from the network.
 * They are iCloud Private Relay's, over HTTP/3 and over HTTP/2, as Apple tells network operators in
 * "Prepare your network or web server for iCloud Private Relay".
 */
public final class RelayNames {
  private static final byte[][] NAMES = {
    "mask.icloud.com".getBytes(StandardCharsets.US_ASCII),
    "mask-h2.icloud.com".getBytes(StandardCharsets.US_ASCII)
  };

  private RelayNames() {}

  /**
   * Whether a name is a relay's.
   *
   * @param name lower-case ASCII without trailing dot
   */
  public static boolean contains(byte[] name, int length) {
    for (byte[] relay : NAMES) {
      if (Arrays.equals(relay, 0, relay.length, name, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
