// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Sizes as RFC 8446, 8467, 9113 and 9250 make them; the number of queries is known. */
class QueryEstimatorsTest {
  private static final int APPLICATION_DATA = 23;
  private static final int TLS_1_3 = 17; // content type and tag
  private static final int FINISHED = 4 + 48 + TLS_1_3;
  private static final int PADDED_QUERY = 2 + 128 + TLS_1_3;
  private static final int PADDED_RESPONSE = 2 + 468 + TLS_1_3;

  @Test
  void paddedQueriesOverTlsOneByOne() {
    QueryEstimator dot = handshake(new DotQueryEstimator());
    for (int i = 0; i < 30; i++) {
      record(dot, true, PADDED_QUERY);
      record(dot, false, PADDED_RESPONSE);
    }
    record(dot, true, 2 + TLS_1_3); // close_notify
    assertBand(dot, 30, 30, 30);
  }

  @Test
  void queriesPackedInRecordsShowByTheirResponses() {
    QueryEstimator dot = handshake(new DotQueryEstimator());
    for (int i = 0; i < 8; i++) {
      record(dot, true, 5 * 45 + TLS_1_3);
      for (int response = 0; response < 5; response++) {
        record(dot, false, 90 + TLS_1_3);
      }
    }
    dot.finish();
    assertTrue(dot.low() <= 40 && dot.high() >= 40);
    assertEquals(40, dot.queries(), 2);
  }

  @Test
  void finishedAndQueriesOfTls12AreToldApart() {
    QueryEstimator dot = new DotQueryEstimator();
    dot.reset();
    dot.onRecord(0, false, 22, 100);
    dot.onRecord(0, true, 20, 1);
    dot.onRecord(0, true, 22, 40);
    dot.onRecord(0, true, APPLICATION_DATA, 45 + 24);
    dot.onRecord(0, false, APPLICATION_DATA, 90 + 24);
    assertBand(dot, 1, 1, 1);
  }

  @Test
  void controlFramesOfHttp2AreNoRequests() {
    QueryEstimator doh = handshake(new DohQueryEstimator());
    record(doh, true, 24 + 27 + 13 + TLS_1_3); // preface, SETTINGS, WINDOW_UPDATE
    for (int i = 0; i < 25; i++) {
      record(doh, true, 9 + 75 + TLS_1_3); // HEADERS of a GET
      record(doh, false, 9 + 20 + 9 + 100 + TLS_1_3);
      record(doh, true, 9 + 8 + TLS_1_3); // PING
      record(doh, false, 9 + 8 + TLS_1_3);
    }
    assertBand(doh, 25, 25, 25);
  }

  @Test
  void headerAndBodyOfPostsAreOneRequest() {
    QueryEstimator doh = handshake(new DohQueryEstimator());
    record(doh, true, 24 + 27 + 13 + TLS_1_3);
    record(doh, true, 9 + 90 + TLS_1_3);
    for (int i = 0; i < 20; i++) {
      record(doh, true, 9 + 50 + TLS_1_3); // DATA
      record(doh, false, 9 + 20 + 9 + 100 + TLS_1_3);
      if (i < 19) {
        record(doh, true, 9 + 20 + TLS_1_3); // HEADERS, all fields known
      }
    }
    assertBand(doh, 20, 20, 21);
  }

  @Test
  void acknowledgmentsAndProbesOfQuicAreNoQueries() {
    QueryEstimator doq = new DoqQueryEstimator();
    doq.reset();
    packet(doq, true, 1400); // search for the largest size that arrives
    for (int i = 0; i < 40; i++) {
      packet(doq, true, 2 + 4 + 2 + 128 + 16);
      packet(doq, false, 2 + 4 + 2 + 468 + 16);
      packet(doq, true, 2 + 5 + 16); // ACK
    }
    assertBand(doq, 40, 40, 40);
  }

  @Test
  void postsOverHttp3TakeTwoPackets() {
    QueryEstimator doh3 = new Doh3QueryEstimator();
    doh3.reset();
    for (int i = 0; i < 30; i++) {
      packet(doh3, true, 60);
      packet(doh3, true, 75);
      packet(doh3, false, 110);
    }
    assertEquals(30, doh3.queries());
    assertTrue(doh3.low() <= 30 && doh3.high() >= 30);
  }

  private static QueryEstimator handshake(QueryEstimator estimator) {
    estimator.reset();
    record(estimator, false, 900);
    record(estimator, true, FINISHED);
    record(estimator, false, 250); // a session ticket
    return estimator;
  }

  private static void record(QueryEstimator estimator, boolean fromClient, int length) {
    estimator.onRecord(0, fromClient, APPLICATION_DATA, length);
  }

  private static void packet(QueryEstimator estimator, boolean fromClient, int length) {
    estimator.onPacket(0, fromClient, length + 21, length);
  }

  private static void assertBand(QueryEstimator estimator, int low, int queries, int high) {
    estimator.finish();
    assertEquals(low, estimator.low());
    assertEquals(queries, estimator.queries());
    assertEquals(high, estimator.high());
  }
}
