// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Measures the exchanges of an encrypted connection: each is what the client sends until the server
 * answers, and the answer. The first exchange has the settings of both sides in it and counts only
 * where there is no other. A few numbers are kept, whatever the length of the connection.
 */
final class ExchangeMeter {
  /** Exchanges whose sizes are kept for comparison. */
  static final int MAX_COMPARED = 64;

  private static final int TWIN_BYTES = 60;

  /** Requests at once of sizes so near cannot be told from each other's answers. */
  private static final double NEAR = 0.8;

  /**
   * Records of TLS 1.3 and 1.2 with a question that is padded to 128 bytes (RFC 8467) in a frame of
   * HTTP/2: 9 bytes of frame header and 17 or 24 of encryption.
   */
  private static final int PADDED_1_3 = 128 + 9 + 17;

  private static final int PADDED_1_2 = 128 + 9 + 24;

  /** Packets of QUIC with a padded question behind its header, and with an answer of 468 bytes. */
  private static final int MIN_PADDED_PACKET = 170;

  private static final int MAX_PADDED_PACKET = 270;
  private static final int MIN_PADDED_ANSWER = 484;
  private static final int MAX_PADDED_ANSWER = 540;

  private final AnswerGrowth growth = new AnswerGrowth(MAX_COMPARED);
  private boolean quic;
  private boolean open;
  private int requestBytes;
  private int requestParts;
  private int largestPart;
  private int nextLargestPart;
  private int previousPart;
  private int partBefore;
  private boolean twin;
  private int answerBytes;
  private int largestAnswerPart;

  private int exchanges;
  private int measured;
  private int twins;
  private int smallRequests;
  private int smallAnswers;
  private int padded;
  private int notSmaller;
  private double sumLargest;
  private double sumSquares;
  private double sumLogRatio;
  private int mostAnswerBytes;

  /** Makes it ready for another connection; {@code overQuic} tells that parts are packets. */
  void reset(boolean overQuic) {
    quic = overQuic;
    open = false;
    answerBytes = 0;
    exchanges = 0;
    twins = 0;
    mostAnswerBytes = 0;
    forgetMeasures();
  }

  private void forgetMeasures() {
    growth.reset();
    measured = 0;
    smallRequests = 0;
    smallAnswers = 0;
    padded = 0;
    notSmaller = 0;
    sumLargest = 0;
    sumSquares = 0;
    sumLogRatio = 0;
  }

  /** The client sent data of so many bytes. */
  void request(int bytes) {
    if (!open || answerBytes > 0) {
      close();
      begin();
    }
    requestBytes = add(requestBytes, bytes);
    requestParts++;
    if (bytes > largestPart) {
      nextLargestPart = largestPart;
      largestPart = bytes;
    } else if (bytes < largestPart) {
      nextLargestPart = Math.max(nextLargestPart, bytes);
    }
    twin |= bytes >= TWIN_BYTES && (bytes == previousPart || bytes == partBefore);
    partBefore = previousPart;
    previousPart = bytes;
  }

  private void begin() {
    open = true;
    requestBytes = 0;
    requestParts = 0;
    largestPart = 0;
    nextLargestPart = 0;
    previousPart = 0;
    partBefore = 0;
    twin = false;
    answerBytes = 0;
    largestAnswerPart = 0;
  }

  /** The server sent data of so many bytes. */
  void answer(int bytes) {
    if (!open) {
      return;
    }
    answerBytes = add(answerBytes, bytes);
    largestAnswerPart = Math.max(largestAnswerPart, bytes);
    mostAnswerBytes = Math.max(mostAnswerBytes, answerBytes);
  }

  private static int add(int sum, int bytes) {
    return Math.min(sum + bytes, 1 << 30);
  }

  /** Ends the exchange that is open. */
  void close() {
    if (!open) {
      return;
    }
    open = false;
    exchanges++;
    twins += twin ? 1 : 0;
    if (exchanges == 2) {
      forgetMeasures(); // of the first one
    }
    measure();
  }

  private void measure() {
    measured++;
    smallRequests += largestPart >= 60 && largestPart <= 300 ? 1 : 0;
    int share = Math.min(requestParts, 4);
    boolean small = answerBytes >= 50 && answerBytes <= 700 * share && largestAnswerPart <= 1200;
    smallAnswers += small ? 1 : 0;
    padded += isPadded() ? 1 : 0;
    notSmaller += largestAnswerPart >= largestPart ? 1 : 0;
    sumLargest += largestPart;
    sumSquares += (double) largestPart * largestPart;
    sumLogRatio += StrictMath.log(Math.max(1, answerBytes)) - StrictMath.log(requestBytes);
    if (answerBytes > 0 && nextLargestPart <= NEAR * largestPart) {
      growth.add(largestPart, answerBytes);
    }
  }

  private boolean isPadded() {
    if (!quic) {
      return largestPart == PADDED_1_3 || largestPart == PADDED_1_2;
    }
    return largestPart >= MIN_PADDED_PACKET
        && largestPart <= MAX_PADDED_PACKET
        && largestAnswerPart >= MIN_PADDED_ANSWER
        && largestAnswerPart <= MAX_PADDED_ANSWER;
  }

  /** Exchanges that are over. */
  int exchanges() {
    return exchanges;
  }

  /** Most bytes that the server sent in one exchange, the open one included. */
  int mostAnswerBytes() {
    return mostAnswerBytes;
  }

  /** Bytes of the exchange's request so far. */
  int requestBytes() {
    return open ? requestBytes : 0;
  }

  double shareOfSmallRequests() {
    return share(smallRequests);
  }

  double shareOfSmallAnswers() {
    return share(smallAnswers);
  }

  /** Share of exchanges whose question is as long as a padded one. */
  double shareOfPadded() {
    return share(padded);
  }

  /** Share of exchanges with a part of the answer no smaller than the largest of the request. */
  double shareNotSmaller() {
    return share(notSmaller);
  }

  /** Share of all exchanges, the first included, with two parts of the same size. */
  double shareOfTwins() {
    return exchanges == 0 ? 0 : (double) twins / exchanges;
  }

  private double share(int count) {
    return measured == 0 ? 0 : (double) count / measured;
  }

  /** Mean of the requests' largest parts, in bytes. */
  double meanRequest() {
    return measured == 0 ? 0 : sumLargest / measured;
  }

  /** Standard deviation of the requests' largest parts, divided by their mean. */
  double requestVariation() {
    if (measured == 0 || sumLargest == 0) {
      return 0;
    }
    double mean = meanRequest();
    return Math.sqrt(Math.max(0, sumSquares / measured - mean * mean)) / mean;
  }

  /** Geometric mean of answer bytes to request bytes. */
  double answerRatio() {
    return measured == 0 ? 0 : StrictMath.exp(sumLogRatio / measured);
  }

  /** How far answers grow with their requests, see {@link AnswerGrowth#excess}. */
  double growth() {
    return growth.excess();
  }
}
