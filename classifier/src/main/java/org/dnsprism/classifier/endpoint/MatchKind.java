// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.Locale;

/** What the value of a rule is compared with, and how. */
public enum MatchKind {
  /** A server name that is equal to the value. */
  EXACT,
  /** A server name that is equal to the value or below it. */
  SUFFIX,
  /** A server address that is equal to the value. */
  ADDRESS,
  /** A server address inside the value, a network in CIDR notation. */
  PREFIX;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in list files and reports. */
  public String label() {
    return label;
  }

  /** Whether the rule is about names, not addresses. */
  public boolean isName() {
    return this == EXACT || this == SUFFIX;
  }
}
