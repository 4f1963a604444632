// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.Locale;

/** What else is served under the name or address of a rule. */
public enum Sharing {
  /** Nothing but name resolution. */
  DEDICATED,
  /** Web pages of the same operator too, so that a match alone does not prove DNS. */
  WEB,
  /** Other tenants of a content network too, so that a matching address proves nothing. */
  SHARED;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in list files and reports. */
  public String label() {
    return label;
  }
}
