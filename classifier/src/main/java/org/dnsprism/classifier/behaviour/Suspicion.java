// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

import java.util.Locale;

/**
 * How much an encrypted connection behaves like DNS over HTTPS: a weighted sum of {@link Trait}s of
 * its exchanges. Watches until it has seen enough or the server sends more than DNS does. Meant to
 * be kept in a pool: {@link #reset} makes it new. Not thread-safe.
 */
public final class Suspicion implements TrafficObserver {
  /** With fewer exchanges nothing is said. */
  private static final int MIN_EXCHANGES = 3;

  private static final int MAX_EXCHANGES = ExchangeMeter.MAX_COMPARED;
  private static final int MAX_ANSWER_BYTES = 4096;
  private static final int MAX_PART_BYTES = 2100;
  private static final int MAX_REQUEST_BYTES = 6000;

  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;

  /** Smaller records are settings, window updates, pings and alerts (RFC 9113, section 6). */
  private static final int MIN_RECORD_BYTES = 36;

  /** Smaller packets are acknowledgements (RFC 9000, section 19.3). */
  private static final int MIN_PACKET_BYTES = 48;

  /** Longer ones of the client search for the largest size that arrives (section 14.3). */
  private static final int MAX_PACKET_BYTES = 1150;

  /** More of them are an upload. */
  private static final int MAX_PROBES = 8;

  private static final Trait[] TRAITS = Trait.values();

  private final ExchangeMeter meter = new ExchangeMeter();
  private boolean answered;
  private boolean finishedSeen;
  private boolean rejected;
  private int probes;

  /**
   * Makes it ready for another connection whose ClientHello has been seen.
   *
   * @param quic whether packets will come, not records
   */
  public void reset(boolean quic) {
    meter.reset(quic);
    probes = 0;
    answered = false;
    finishedSeen = false;
    rejected = false;
  }

  @Override
  public void onRecord(long timeNanos, boolean fromClient, int type, int length) {
    answered |= !fromClient;
    if (fromClient && type == HANDSHAKE) {
      finishedSeen |= answered; // TLS 1.2, where Finished is no application data
    } else if (type == APPLICATION_DATA && !finishedSeen) {
      finishedSeen = fromClient; // in TLS 1.3 the first such record of the client is Finished
    } else if (type == APPLICATION_DATA && length >= MIN_RECORD_BYTES) {
      data(fromClient, length);
    }
  }

  @Override
  public void onPacket(long timeNanos, boolean fromClient, int datagramLength, int length) {
    if (fromClient && length > MAX_PACKET_BYTES) {
      rejected |= ++probes > MAX_PROBES;
    } else if (length >= MIN_PACKET_BYTES) {
      data(fromClient, length);
    }
  }

  private void data(boolean fromClient, int length) {
    if (fromClient) {
      meter.request(length);
    } else {
      meter.answer(length);
    }
    rejected |=
        meter.mostAnswerBytes() > MAX_ANSWER_BYTES
            || length > MAX_PART_BYTES
            || meter.requestBytes() > MAX_REQUEST_BYTES;
  }

  /** What was missed may have been larger than DNS is. */
  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    rejected = true;
  }

  @Override
  public boolean wantsMore() {
    return !rejected && meter.exchanges() < MAX_EXCHANGES;
  }

  /** No more will come. */
  public void finish() {
    meter.close();
  }

  /** 0 to 1; 0 where it cannot be DNS, or too little was seen. */
  public double score() {
    if (rejected || meter.exchanges() < MIN_EXCHANGES) {
      return 0;
    }
    double sum = Trait.BASE;
    for (Trait trait : TRAITS) {
      sum += trait.weight() * trait.of(meter);
    }
    return 1 / (1 + StrictMath.exp(-sum));
  }

  /** The score and what made it, in words; allocates. */
  public String words() {
    StringBuilder text = new StringBuilder(200);
    text.append(
        String.format(
            Locale.ROOT,
            "score %.3f: %d exchanges, mean request %.0f bytes, answer to request %.1f",
            score(),
            meter.exchanges(),
            meter.meanRequest(),
            meter.answerRatio()));
    for (Trait trait : TRAITS) {
      double value = trait.of(meter);
      if (value > 0) {
        text.append(String.format(Locale.ROOT, "; %s %.0f %%", trait.words(), 100 * value));
      }
    }
    return text.toString();
  }
}
