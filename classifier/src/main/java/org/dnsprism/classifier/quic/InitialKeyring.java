// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;

/**
 * The Initial keys that a flow may use, in the order in which they are tried, and the flow's bound
 * on attempts.
 *
 * <p>The keys of the flow so far come first, since a client's later Initials carry the server's
 * connection identifier but keep the keys (RFC 9001, section 5.2). If the version has changed, the
 * same identifier is tried with the new version (RFC 9369, section 4.1). Then come the keys of the
 * packet's own identifier: after a Retry, after a second connection on the same ports, and when the
 * capture began late.
 */
final class InitialKeyring {
  static final int MAX_ATTEMPTS = 24;

  private final QuicCrypto crypto;
  private InitialKeys client = new InitialKeys();
  private InitialKeys trial = new InitialKeys();
  private boolean newConnection;
  private int attempts;
  private long largestClientNumber = -1;

  InitialKeyring(QuicCrypto crypto) {
    this.crypto = crypto;
  }

  void clear() {
    client.clear();
    attempts = 0;
    largestClientNumber = -1;
  }

  /** The version whose salt and labels the client's keys are made with. */
  int version() {
    return client.version;
  }

  /** Whether the flow's attempts are used up. */
  boolean exhausted() {
    return attempts == MAX_ATTEMPTS;
  }

  /** Whether the last success came with the keys of a packet's own identifier. */
  boolean newConnection() {
    return newConnection;
  }

  /**
   * Decrypts an Initial of the client into {@link QuicCrypto#plaintext()}.
   *
   * @param version whose salt and labels are used
   * @return length of the plaintext, or -1
   */
  int openClient(ByteBuf buffer, LongHeader header, int limit, int version, long timeNanos) {
    newConnection = false;
    boolean sameVersion = client.version == version;
    if (client.present()) {
      int length =
          sameVersion
              ? attempt(client, buffer, header, limit, timeNanos)
              : openUpgraded(buffer, header, limit, version, timeNanos);
      if (length >= 0 || client.isFrom(buffer, header.dcidOffset, header.dcidLength)) {
        return length;
      }
    }
    return openOwn(buffer, header, limit, version, timeNanos);
  }

  private int openUpgraded(
      ByteBuf buffer, LongHeader header, int limit, int version, long timeNanos) {
    if (exhausted()) {
      return -1;
    }
    trial.setConnectionId(client);
    crypto.derive(trial, version, true);
    int length = attempt(trial, buffer, header, limit, timeNanos);
    if (length >= 0) {
      adoptTrial();
    }
    return length;
  }

  private int openOwn(ByteBuf buffer, LongHeader header, int limit, int version, long timeNanos) {
    if (exhausted()) {
      return -1;
    }
    trial.setConnectionId(buffer, header.dcidOffset, header.dcidLength);
    crypto.derive(trial, version, true);
    long largest = largestClientNumber;
    largestClientNumber = -1;
    int length = attempt(trial, buffer, header, limit, timeNanos);
    if (length < 0) {
      largestClientNumber = largest;
      return -1;
    }
    newConnection = true;
    adoptTrial();
    return length;
  }

  private int attempt(
      InitialKeys keys, ByteBuf buffer, LongHeader header, int limit, long timeNanos) {
    if (!take(timeNanos)) {
      return -1;
    }
    if (header.end > limit) {
      return crypto.peek(keys, buffer, header, limit, largestClientNumber);
    }
    int length = crypto.open(keys, buffer, header, largestClientNumber);
    if (length >= 0) {
      largestClientNumber = Math.max(largestClientNumber, crypto.packetNumber());
    }
    return length;
  }

  private boolean take(long timeNanos) {
    if (exhausted()) {
      crypto.counters.flowBudgetSkips++;
      return false;
    }
    if (!crypto.mayDecrypt(timeNanos)) {
      return false;
    }
    attempts++;
    return true;
  }

  private void adoptTrial() {
    InitialKeys old = client;
    client = trial;
    trial = old;
  }
}
