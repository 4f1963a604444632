// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.Locale;

/** How well a rule is attested, best first. */
public enum Tier {
  /** Named by the operator or a platform, or by three independent sources of which one is alive. */
  CORE,
  /** Named by two independent sources or by one that is maintained. */
  DEFAULT,
  /** Named once, by a scan or by an abandoned list: mostly self-hosted servers. */
  TAIL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in list files and reports. */
  public String label() {
    return label;
  }
}
