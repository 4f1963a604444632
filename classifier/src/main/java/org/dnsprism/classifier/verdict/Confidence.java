// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

import java.util.Locale;

/** How sure a verdict is, weakest first. */
public enum Confidence {
  /** One weak hint, such as a port alone or a flow joined midway. */
  LOW,
  /** Evidence that other services share, such as a name that also serves web pages. */
  MEDIUM,
  /** Strong evidence of a kind that can be wrong in rare cases. */
  HIGH,
  /** The protocol itself was seen. */
  CERTAIN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in records and reports. */
  public String label() {
    return label;
  }
}
