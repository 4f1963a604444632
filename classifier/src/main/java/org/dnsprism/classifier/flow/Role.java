// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Locale;

/** On which side of a recursive resolver a Do53 flow stands. */
public enum Role {
  /** A client asks a resolver: recursion desired. */
  STUB,
  /** A resolver asks an authoritative server: recursion not desired. */
  RECURSIVE,
  /** Not seen, or contradictory. */
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in records. */
  public String label() {
    return label;
  }
}
