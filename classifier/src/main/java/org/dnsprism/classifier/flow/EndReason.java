// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Locale;

/** Why a flow ended. */
public enum EndReason {
  /** Both sides closed the TCP connection. */
  FIN,
  /** One side reset the TCP connection. */
  RST,
  /** No packet within the idle timeout. */
  IDLE,
  /** Reported because it has lasted longer than the active timeout; a new flow goes on. */
  ACTIVE,
  /** Removed to make room in the bounded table. */
  EVICTED,
  /** The input ended. */
  EOF;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in records. */
  public String label() {
    return label;
  }
}
