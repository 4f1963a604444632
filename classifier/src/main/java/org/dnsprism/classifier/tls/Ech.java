// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.util.Locale;

/** What a ClientHello shows of Encrypted ClientHello (RFC 9849). */
public enum Ech {
  /** No extension. */
  NONE,
  /** The extension is there but nothing supports that it is more than GREASE. */
  GREASE,
  /** The extension is real: the server name shown is a known front, or a second hello proves it. */
  OFFERED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in records. */
  public String label() {
    return label;
  }
}
