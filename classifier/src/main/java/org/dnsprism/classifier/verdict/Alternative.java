// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.verdict;

/**
 * One fact more or less that would give a flow another verdict.
 *
 * @param kind the fact
 * @param added whether it would be there in addition; otherwise it would be missing
 * @param rule the row that would decide
 */
public record Alternative(Evidence kind, boolean added, Rule rule) {
  /** The condition in words, such as {@code without port 853}. */
  public String words() {
    return (added ? "with " : "without ") + Premise.of(kind).noun();
  }
}
