// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/**
 * Queries in DNS over HTTPS on TCP (RFC 8484, RFC 9113). A client's record holds a GET, the header
 * or the body of a POST, several requests, or control frames, which are smaller; a server's record
 * holds a response, its header or its body. Both sides are counted in each way that their sizes
 * allow, and where they agree is the estimate.
 */
public final class DohQueryEstimator extends TlsTally {
  /** Frame header and a query for a short name: control frames and repeated headers are smaller. */
  private static final int MIN_REQUEST_BYTES = 32;

  /** Frame header and a response: a question and no more. Smaller are headers of HTTP alone. */
  private static final int MIN_RESPONSE_BYTES = 40;

  /** Frames without a message: PING is the longest that comes alone. */
  private static final int MAX_CONTROL_BYTES = 17;

  /** The connection preface with its settings; a request may be in the same record. */
  private static final int MAX_PREFACE_BYTES = 100;

  /** The settings of a server, which come before all else (RFC 9113, section 3.4). */
  private static final int MAX_SETTINGS_BYTES = 70;

  /** The shortest usual request: as many of them may be in a record. */
  private static final int SHORT_REQUEST_BYTES = 45;

  /** The shortest usual response with its header. */
  private static final int SHORT_RESPONSE_BYTES = 80;

  /** A long response fills records of about a packet. */
  private static final int FULL_RECORD_BYTES = 1300;

  /** Sizes of session tickets, which come in pairs from most servers. */
  private static final int MIN_TICKET_BYTES = 100;

  private static final int MAX_TICKET_BYTES = 400;

  /** With so many records it shows in their sizes whether headers stand alone. */
  private static final int TELLING_RECORDS = 12;

  private final RecurringSizes requests = new RecurringSizes(MIN_REQUEST_BYTES);
  private final RecurringSizes responses = new RecurringSizes(MIN_RESPONSE_BYTES);
  private boolean prefaceSeen;
  private boolean firstIsPair;
  private boolean lossy;
  private int shortHeaders;
  private boolean ended;
  private int mostRequests;
  private int mostResponses;
  private int serverRecords;
  private int lastServerBytes;

  @Override
  public void reset() {
    super.reset();
    requests.reset();
    responses.reset();
    prefaceSeen = false;
    firstIsPair = false;
    lossy = false;
    shortHeaders = 0;
    ended = false;
    mostRequests = 0;
    mostResponses = 0;
    serverRecords = 0;
    lastServerBytes = 0;
  }

  @Override
  void onClientData(int bytes) {
    boolean preface = !prefaceSeen;
    prefaceSeen = true;
    lastServerBytes = 0;
    if (bytes <= (preface ? MAX_PREFACE_BYTES : MAX_CONTROL_BYTES)) {
      return;
    }
    requests.add(bytes);
    if (bytes < MIN_REQUEST_BYTES) {
      shortHeaders++;
    } else {
      mostRequests += Math.max(1, bytes / SHORT_REQUEST_BYTES);
      raise(1, 1, 1);
    }
  }

  @Override
  void onServerData(int bytes) {
    boolean continued = lastServerBytes >= FULL_RECORD_BYTES;
    boolean ticket = serverRecords < 4 && bytes == lastServerBytes && isTicket(bytes);
    boolean settings = responses.records() == 0 && bytes <= MAX_SETTINGS_BYTES;
    lastServerBytes = bytes;
    serverRecords++;
    if (ticket) {
      responses.reset();
    } else if (bytes > MAX_CONTROL_BYTES && !continued && !settings && requests.records() > 0) {
      responses.add(bytes);
      mostResponses += Math.max(1, bytes / SHORT_RESPONSE_BYTES);
      firstIsPair |= responses.records() == 1 && requests.records() == 2;
      tell();
    }
  }

  private static boolean isTicket(int bytes) {
    return bytes >= MIN_TICKET_BYTES && bytes <= MAX_TICKET_BYTES;
  }

  /** Takes the two counts, one of each side, that are nearest to each other. */
  private void tell() {
    int sent = sent();
    int bodies = shortHeaders * 2 < sent ? requests.bodies() : 0;
    int got = responses.records();
    int contents = responses.bodies();
    boolean bothHalved = bodies > 0 && contents > 0 && near(bodies, contents);
    boolean halved = bodies > 0 && (bothHalved || distance(bodies, got) < distance(sent, got));
    int asked = halved ? Math.max(bodies, (sent + 1) / 2) : sent;
    int answered =
        contents > 0 && distance(asked, contents) < distance(asked, got) ? contents : got;
    int packed = Math.min(answered, mostRequests);
    if (packed > asked + asked / 4 + 3) {
      raise(asked, packed - 1, Math.max(packed + 2, Math.min(mostRequests, mostResponses)));
    } else if (!halved && (sent < TELLING_RECORDS || !ended)) {
      int likely = answered * 5 <= asked * 3 ? answered : asked;
      raise(Math.min(likely, (sent + 1) / 2), likely, Math.min(asked, TELLING_RECORDS));
      raise(0, likely, packed);
    } else {
      int doubt = asked == answered ? 0 : Math.min(2, asked / 8);
      int fewest = answered * 5 <= asked * 3 ? answered : asked - doubt;
      int most = bothHalved && sent < 2 * TELLING_RECORDS ? sent : asked + doubt;
      raise(fewest, asked, Math.max(most, packed));
    }
    if (lossy) {
      raise(0, 0, mostRequests + got);
    }
  }

  /** Header and body of the first POST are long both; then headers are short. */
  private int sent() {
    int sent = requests.records();
    return firstIsPair && shortHeaders * 2 >= sent - 2 ? sent - 1 : sent;
  }

  private static int distance(int a, int b) {
    return Math.abs(a - b);
  }

  private static boolean near(int a, int b) {
    return distance(a, b) <= 2 + Math.max(a, b) / 5;
  }

  /** One side alone says less. */
  @Override
  public void finish() {
    ended = true;
    int sent = requests.records();
    if (responses.records() == 0 && sent > 0) {
      int bodies = requests.bodies();
      int likely = bodies > 0 ? bodies : sent;
      raise(Math.min(likely, (sent + 1) / 2), likely, mostRequests);
    } else if (!prefaceSeen) {
      raise(0, serverRecords / 2, serverRecords);
    } else if (sent > 0) {
      tell();
    }
  }

  @Override
  public void onLoss(long timeNanos, boolean fromClient) {
    lossy = true;
    raise(0, 0, mostRequests + responses.records() + 1);
  }
}
