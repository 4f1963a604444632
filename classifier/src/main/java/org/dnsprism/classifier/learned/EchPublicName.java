// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.Comparator;

/**
 * The public name of an ECH configuration that an HTTPS record published: the server name that
 * ClientHellos show which use it.
 *
 * @param name in lower case
 * @param timeNanos when it was seen, nanoseconds since 1970
 * @param expiryNanos when it is to be forgotten
 */
public record EchPublicName(String name, long timeNanos, long expiryNanos) {
  /** By name, the latest expiry first. */
  static final Comparator<EchPublicName> ORDER =
      Comparator.comparing(EchPublicName::name)
          .thenComparing(Comparator.comparingLong(EchPublicName::expiryNanos).reversed())
          .thenComparing(Comparator.comparingLong(EchPublicName::timeNanos).reversed());
}
