// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.Locale;

/** Why an answer, or an address in it, taught nothing. */
public enum Refusal {
  /** The address is private, reserved or the like. */
  SPECIAL_ADDRESS,
  /** The endpoint list gives the address to another operator. */
  OTHER_OPERATOR,
  /** More addresses or records than a resolver has. */
  TOO_MANY,
  /** A name that the question did not ask about. */
  OUT_OF_BAILIWICK,
  /** An unlisted name, told of by a resolver that is not listed either. */
  UNLISTED_RESOLVER,
  /** Data that break their format. */
  MALFORMED,
  /** A shard learned more in an interval than it may. */
  INTERVAL_FULL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in records. */
  public String label() {
    return label;
  }
}
