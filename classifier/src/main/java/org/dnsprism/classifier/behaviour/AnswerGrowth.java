// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Whether answers are longer than their requests by amounts that come again. An answer of DNS
 * repeats its question (RFC 1035, section 4.1), so that names of different lengths with the same
 * records give the same difference. Chance gives some too: how many is seen when each request is
 * held against the answer to another.
 */
final class AnswerGrowth {
  /** Requests that differ by less say nothing. */
  private static final int MIN_REQUEST_DIFFERENCE = 3;

  /** Headers in the same record differ so much. */
  private static final int TOLERANCE = 1;

  private static final int MAX_SHIFT = 8;

  private final int[] requests;
  private final int[] answers;
  private int count;

  AnswerGrowth(int capacity) {
    requests = new int[capacity];
    answers = new int[capacity];
  }

  void reset() {
    count = 0;
  }

  /** Notes an exchange, as long as there is room. */
  void add(int requestBytes, int answerBytes) {
    if (count < requests.length) {
      requests[count] = requestBytes;
      answers[count++] = answerBytes;
    }
  }

  /**
   * Pairs of exchanges with equal differences beyond what chance gives, in standard deviations of a
   * count: about 0 where answers have nothing to do with requests, above 2 most often for DNS.
   */
  double excess() {
    int shifts = Math.min(MAX_SHIFT, count - 1);
    int real = pairs(0);
    if (real == 0 || shifts < 2) {
      return 0;
    }
    int shifted = 0;
    for (int shift = 1; shift <= shifts; shift++) {
      shifted += pairs(shift);
    }
    double chance = (double) shifted / shifts;
    return (real - chance) / Math.sqrt(real + chance + 1);
  }

  private int pairs(int shift) {
    int pairs = 0;
    for (int i = 1; i < count; i++) {
      int difference = answers[(i + shift) % count] - requests[i];
      for (int j = 0; j < i; j++) {
        int other = answers[(j + shift) % count] - requests[j];
        boolean same = Math.abs(difference - other) <= TOLERANCE;
        pairs += same && Math.abs(requests[i] - requests[j]) >= MIN_REQUEST_DIFFERENCE ? 1 : 0;
      }
    }
    return pairs;
  }
}
