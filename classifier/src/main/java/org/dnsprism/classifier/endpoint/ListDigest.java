// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fingerprint of a list. */
final class ListDigest {
  private static final int DIGEST_BYTES = 8;

  private ListDigest() {}

  /** Digests every field but the name of the list file, in the order given. */
  static String of(List<Endpoint> endpoints) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    for (Endpoint endpoint : endpoints) {
      digest.update(line(endpoint).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
  }

  private static String line(Endpoint endpoint) {
    return String.join(
        "\t",
        endpoint.kind().label(),
        endpoint.value(),
        endpoint.operator(),
        endpoint.operatorCountry(),
        endpoint.service(),
        endpoint.services().toString(),
        endpoint.sharing().label(),
        endpoint.tier().label(),
        endpoint.customerLabel() ? "yes" : "no",
        orEmpty(endpoint.firstSeen()),
        orEmpty(endpoint.lastSeen()),
        orEmpty(endpoint.validUntil()),
        endpoint.provenance(),
        "\n");
  }

  private static String orEmpty(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
