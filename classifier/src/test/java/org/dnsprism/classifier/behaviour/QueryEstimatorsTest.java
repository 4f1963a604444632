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
    assertBand(doh, 20, 20, 20);
  }

  /** As Chromium does: 34 bytes of header, then a body padded to 128 bytes. */
  @Test
  void headersOfPostsAreToldFromBodiesByTheirSizeInBursts() {
    QueryEstimator doh = handshake(new DohQueryEstimator());
    record(doh, true, 24 + 27 + 13 + TLS_1_3);
    record(doh, true, 110 + TLS_1_3);
    record(doh, true, 137 + TLS_1_3);
    record(doh, false, 9 + 20 + 9 + 100 + TLS_1_3);
    for (int burst = 0; burst < 6; burst++) {
      for (int i = 0; i < 4; i++) {
        record(doh, true, 34 + i % 2 * 6 + TLS_1_3);
      }
      for (int i = 0; i < 4; i++) {
        record(doh, true, 137 + TLS_1_3);
      }
      for (int i = 0; i < 4; i++) {
        record(doh, false, 9 + 20 + 9 + 60 + 17 * i + TLS_1_3);
      }
    }
    doh.finish();
    assertTrue(doh.low() <= 25 && doh.high() >= 25 && doh.high() <= 28, doh.high() + "");
    assertEquals(25, doh.queries(), 1);
  }

  @Test
  void requestsInOneRecordShowByTheirResponses() {
    QueryEstimator doh = handshake(new DohQueryEstimator());
    record(doh, true, 24 + 27 + 13 + TLS_1_3);
    for (int i = 0; i < 12; i++) {
      record(doh, true, 3 * (9 + 71 + i % 5) + TLS_1_3);
      for (int response = 0; response < 3; response++) {
        record(doh, false, 9 + 19 + TLS_1_3);
        record(doh, false, 9 + 70 + 11 * ((i + response) % 7) + TLS_1_3);
      }
    }
    doh.finish();
    assertEquals(36, doh.queries(), 2);
    assertTrue(doh.low() <= 36 && doh.high() >= 36);
  }

  @Test
  void headersOfResponsesAreNoResponses() {
    QueryEstimator doh = handshake(new DohQueryEstimator());
    record(doh, true, 24 + 27 + 13 + TLS_1_3);
    for (int i = 0; i < 30; i++) {
      record(doh, true, 9 + 60 + 5 * (i % 9) + TLS_1_3);
      record(doh, false, 9 + 50 + i % 3 + TLS_1_3);
      record(doh, false, 9 + 90 + 13 * (i % 8) + TLS_1_3);
    }
    assertBand(doh, 30, 30, 30);
  }

  @Test
  void withoutTheServersSideEachRequestCounts() {
    QueryEstimator doh = new DohQueryEstimator();
    doh.reset();
    record(doh, true, 24 + 27 + 13 + TLS_1_3);
    for (int i = 0; i < 20; i++) {
      record(doh, true, 9 + 60 + 5 * (i % 9) + TLS_1_3);
    }
    doh.finish();
    assertEquals(20, doh.queries());
    assertTrue(doh.low() <= 20 && doh.high() >= 20);
  }

  @Test
  void withoutTheClientsSideResponsesBoundTheQueries() {
    for (QueryEstimator any :
        new QueryEstimator[] {new DotQueryEstimator(), new DohQueryEstimator()}) {
      any.reset();
      for (int i = 0; i < 20; i++) {
        record(any, false, 100 + 13 * (i % 8) + TLS_1_3);
      }
      any.finish();
      assertTrue(any.low() <= 20 && any.high() >= 20, any.getClass().getSimpleName());
    }
  }

  @Test
  void queriesSentAgainOverQuicAreOne() {
    QueryEstimator doq = new DoqQueryEstimator();
    doq.reset();
    for (int i = 0; i < 60; i++) {
      packet(doq, true, 70 + i % 9);
      if (i % 10 == 0) {
        packet(doq, true, 70 + i % 9);
      }
      packet(doq, false, 120);
    }
    doq.finish();
    assertEquals(60, doq.queries());
    assertTrue(doq.low() <= 60 && doq.high() >= 60);
  }

  @Test
  void oneQueryOverQuicHasANarrowBand() {
    QueryEstimator doq = new DoqQueryEstimator();
    doq.reset();
    packet(doq, true, 80);
    packet(doq, true, 1230); // search for the largest size that arrives
    packet(doq, false, 100);
    assertBand(doq, 1, 1, 1);
  }

  @Test
  void requestsPackedOverHttp3ShowByTheirResponses() {
    QueryEstimator doh3 = new Doh3QueryEstimator();
    doh3.reset();
    packet(doh3, true, 100);
    packet(doh3, false, 130);
    for (int i = 0; i < 3; i++) {
      packet(doh3, true, 1180);
      for (int response = 0; response < 10; response++) {
        packet(doh3, false, 130);
      }
    }
    doh3.finish();
    assertTrue(doh3.low() <= 31 && doh3.high() >= 31);
    assertEquals(31, doh3.queries(), 4);
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
