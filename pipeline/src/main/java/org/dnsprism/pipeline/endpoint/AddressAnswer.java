// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.util.List;
import org.dnsprism.classifier.endpoint.AddressBlock;

/**
 * What became of a question for the addresses of a name.
 *
 * @param name A-labels in lower case, without trailing dot
 * @param ipv4 whether it asked for A, not AAAA
 * @param outcome how it went
 * @param addresses what was answered; empty unless {@link Outcome#ADDRESSES}
 */
record AddressAnswer(String name, boolean ipv4, Outcome outcome, List<AddressBlock> addresses) {
  /** How a question went. */
  enum Outcome {
    /** There are addresses. */
    ADDRESSES,
    /** The name does not exist, or has no such addresses (RFC 2308). */
    NONE,
    /** The resolver answered that it cannot tell. */
    FAILED,
    /** No answer came, or none that could be read. */
    SILENT
  }

  AddressAnswer {
    addresses = List.copyOf(addresses);
  }

  /** Whether nothing was learned, so that what was known before may still be right. */
  boolean failed() {
    return outcome == Outcome.FAILED || outcome == Outcome.SILENT;
  }
}
