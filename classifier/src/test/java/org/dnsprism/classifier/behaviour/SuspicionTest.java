// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SuspicionTest {
  private static final long MILLI = 1_000_000;

  private final Suspicion suspicion = new Suspicion();
  private long now;

  /** The handshake of TLS 1.3 as its records show it (RFC 8446, section 2). */
  private void connect() {
    suspicion.reset(false);
    record(true, 22, 512);
    record(false, 22, 122);
    record(false, 23, 900);
    record(true, 23, 53);
  }

  private void record(boolean fromClient, int type, int length) {
    now += MILLI;
    suspicion.onRecord(now, fromClient, type, length);
  }

  /** A request by POST: its head, and a question with a name of {@code letters} letters. */
  private void ask(int letters, int answerBytes) {
    record(true, 23, 47);
    record(true, 23, 26 + 12 + letters + 6);
    record(false, 23, answerBytes);
  }

  private double score() {
    suspicion.finish();
    return suspicion.score();
  }

  /** Names of many lengths, each answered by one or two addresses of 16 bytes (RFC 1035). */
  private void askMany(int count) {
    for (int i = 0; i < count; i++) {
      int letters = 20 + i * 7 % 23;
      ask(letters, 26 + 12 + letters + 6 + 16 * (1 + i % 2));
    }
  }

  private void packet(boolean fromClient, int length) {
    now += MILLI;
    suspicion.onPacket(now, fromClient, length + 21, length);
  }

  @Test
  void questionsAndAnswersAreSuspected() {
    connect();
    askMany(12);
    assertTrue(score() > 0.85, suspicion.words());
  }

  @Test
  void paddedQuestionsAreSuspected() {
    connect();
    for (int i = 0; i < 4; i++) {
      record(true, 23, 51);
      record(true, 23, 9 + 128 + 17); // RFC 8467, section 4.1
      record(false, 23, 9 + 468 + 17);
    }
    assertTrue(score() > 0.85, suspicion.words());
  }

  @Test
  void paddedQuestionsInPacketsAreSuspected() {
    suspicion.reset(true);
    for (int i = 0; i < 4; i++) {
      packet(true, 235);
      packet(true, 235);
      packet(false, 498);
      packet(false, 492);
    }
    assertTrue(score() > 0.85, suspicion.words());
  }

  @Test
  void smallCallsAreNot() {
    Random random = new Random(53);
    int wrong = 0;
    for (int flow = 0; flow < 200; flow++) {
      connect();
      for (int i = 0; i < 20; i++) {
        record(true, 23, 60);
        record(true, 23, 90 + random.nextInt(150));
        record(false, 23, 150 + random.nextInt(200));
      }
      wrong += score() > 0.85 ? 1 : 0;
    }
    assertEquals(0, wrong);
  }

  @Test
  void searchForTheLargestPacketIsNoRequest() {
    suspicion.reset(true);
    for (int i = 0; i < 4; i++) {
      packet(true, 1350);
    }
    suspicion.finish();
    assertTrue(suspicion.words().contains(" 0 exchanges"), suspicion.words());
  }

  @Test
  void manyLargePacketsOfTheClientReject() {
    suspicion.reset(true);
    for (int i = 0; i < 12; i++) {
      packet(true, 1350);
    }
    assertFalse(suspicion.wantsMore());
  }

  @Test
  void theSameQuestionAgainAndAgainIsNot() {
    connect();
    for (int i = 0; i < 20; i++) {
      record(true, 23, 92);
      record(false, 23, 240);
    }
    assertTrue(score() < 0.5, suspicion.words());
  }

  @Test
  void largeAnswerRejects() {
    connect();
    askMany(6);
    record(true, 23, 90);
    record(false, 23, 16_401);
    assertFalse(suspicion.wantsMore());
    assertEquals(0, score());
  }

  @Test
  void manySmallPartsOfOneAnswerReject() {
    connect();
    askMany(6);
    record(true, 23, 90);
    for (int i = 0; i < 4; i++) {
      record(false, 23, 1400);
    }
    assertEquals(0, score());
  }

  @Test
  void uploadRejects() {
    connect();
    askMany(6);
    for (int i = 0; i < 5; i++) {
      record(true, 23, 1400);
    }
    assertEquals(0, score());
  }

  @Test
  void holeInTheCaptureRejects() {
    connect();
    askMany(12);
    suspicion.onLoss(now, false);
    assertEquals(0, score());
  }

  @Test
  void twoExchangesSayNothing() {
    connect();
    askMany(2);
    assertEquals(0, score());
  }

  @Test
  void controlRecordsAreNoExchanges() {
    connect();
    for (int i = 0; i < 20; i++) {
      record(true, 23, 34); // ping
      record(false, 23, 34);
    }
    assertEquals(0, score());
  }

  @Test
  void finishedIsNoRequestInTls12() {
    suspicion.reset(false);
    record(true, 22, 512);
    record(false, 22, 3000);
    record(true, 22, 70);
    askMany(12);
    assertTrue(score() > 0.85, suspicion.words());
  }

  @Test
  void enoughIsEnough() {
    connect();
    askMany(70);
    assertFalse(suspicion.wantsMore());
  }

  @Test
  void resetForgets() {
    connect();
    askMany(6);
    record(false, 23, 16_401);
    connect();
    askMany(12);
    double afterReset = score();
    Suspicion fresh = new Suspicion();
    assertEquals(0, fresh.score());
    assertTrue(afterReset > 0.85, suspicion.words());
  }

  @Test
  void wordsTellTheScoreAndTheTraits() {
    connect();
    askMany(12);
    suspicion.finish();
    String words = suspicion.words();
    assertTrue(words.startsWith("score 0."), words);
    assertTrue(words.contains("12 exchanges"), words);
    assertTrue(words.contains(Trait.GROWING.words() + " 100 %"), words);
  }
}
