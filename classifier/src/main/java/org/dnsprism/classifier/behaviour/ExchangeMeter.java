// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Measures the exchanges of an encrypted connection: each is what the client sends until the server
 * answers, and the answer. The first exchange has the settings of both sides in it and counts only
 * where there is no other. A few numbers are kept, whatever the length of the connection.
 */
final class ExchangeMeter {
  private static final long SLOW_NANOS = 400_000_000;
  private static final int TWIN_BYTES = 60;

  private boolean open;
  private long lastRequestNanos;
  private int requestBytes;
  private int requestParts;
  private int largestPart;
  private int previousPart;
  private int partBefore;
  private boolean twin;
  private int answerBytes;
  private int largestAnswerPart;
  private long delayNanos;

  private int exchanges;
  private int measured;
  private int twins;
  private int smallRequests;
  private int smallAnswers;
  private int inParts;
  private int slow;
  private double sumLargest;
  private double sumSquares;
  private double sumLogRatio;
  private int mostAnswerBytes;

  void reset() {
    open = false;
    answerBytes = 0;
    exchanges = 0;
    twins = 0;
    mostAnswerBytes = 0;
    forgetMeasures();
  }

  private void forgetMeasures() {
    measured = 0;
    smallRequests = 0;
    smallAnswers = 0;
    inParts = 0;
    slow = 0;
    sumLargest = 0;
    sumSquares = 0;
    sumLogRatio = 0;
  }

  /** The client sent data of so many bytes. */
  void request(long timeNanos, int bytes) {
    if (!open || answerBytes > 0) {
      close();
      begin();
    }
    lastRequestNanos = timeNanos;
    requestBytes = add(requestBytes, bytes);
    requestParts++;
    largestPart = Math.max(largestPart, bytes);
    twin |= bytes >= TWIN_BYTES && (bytes == previousPart || bytes == partBefore);
    partBefore = previousPart;
    previousPart = bytes;
  }

  private void begin() {
    open = true;
    requestBytes = 0;
    requestParts = 0;
    largestPart = 0;
    previousPart = 0;
    partBefore = 0;
    twin = false;
    answerBytes = 0;
    largestAnswerPart = 0;
    delayNanos = Long.MAX_VALUE;
  }

  /** The server sent data of so many bytes. */
  void answer(long timeNanos, int bytes) {
    if (!open) {
      return;
    }
    if (answerBytes == 0) {
      delayNanos = timeNanos - lastRequestNanos;
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
    inParts += requestParts > 1 ? 1 : 0;
    slow += delayNanos > SLOW_NANOS ? 1 : 0;
    sumLargest += largestPart;
    sumSquares += (double) largestPart * largestPart;
    sumLogRatio += StrictMath.log(Math.max(1, answerBytes)) - StrictMath.log(requestBytes);
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

  double shareInParts() {
    return share(inParts);
  }

  double shareOfSlow() {
    return share(slow);
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
}
