// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.behaviour;

/** Leaves out the records of the handshake and of alerts, whatever version of TLS they are of. */
abstract class TlsTally extends QueryTally {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;

  /** Content type and tag (RFC 8446, section 5.2). */
  private static final int OVERHEAD_1_3 = 17;

  /** Explicit nonce and tag of GCM (RFC 5288, section 3). */
  private static final int OVERHEAD_1_2 = 24;

  /** A Finished of TLS 1.2 under any cipher; a second ClientHello is longer. */
  private static final int MAX_FINISHED_1_2_BYTES = 100;

  /** Header, digest, content type and tag (RFC 8446, section 4.4.4). */
  private static final int FINISHED_SHA256 = 4 + 32 + OVERHEAD_1_3;

  private static final int FINISHED_SHA384 = 4 + 48 + OVERHEAD_1_3;

  /** EndOfEarlyData, alerts and key updates are no longer (RFC 8446, section 4.5). */
  private static final int MAX_SMALL_BYTES = 5;

  private boolean clientChangedCipher;
  private boolean version12;
  private boolean serverSpoke;
  private boolean finishedSeen;

  @Override
  public void reset() {
    super.reset();
    clientChangedCipher = false;
    version12 = false;
    serverSpoke = false;
    finishedSeen = false;
  }

  @Override
  public final void onRecord(long timeNanos, boolean fromClient, int type, int length) {
    if (fromClient && type == CHANGE_CIPHER_SPEC) {
      clientChangedCipher = true;
    } else if (fromClient && type == HANDSHAKE && clientChangedCipher) {
      version12 |= length < MAX_FINISHED_1_2_BYTES;
    } else if (!fromClient) {
      serverSpoke = true;
    }
    int bytes = length - (version12 ? OVERHEAD_1_2 : OVERHEAD_1_3);
    if (type != APPLICATION_DATA || bytes <= MAX_SMALL_BYTES) {
      return;
    }
    if (!fromClient) {
      onServerData(bytes);
    } else {
      boolean finished = !finishedSeen && !version12 && isFinished(length);
      finishedSeen |= finished || serverSpoke;
      if (!finished) {
        onClientData(bytes);
      }
    }
  }

  /**
   * In TLS 1.3 the client's first record behind the server's hello is the end of its handshake, of
   * a size that the digest gives; where capture began later, it is data.
   */
  private static boolean isFinished(int length) {
    return length == FINISHED_SHA256 || length == FINISHED_SHA384;
  }

  /** The client sent so many bytes of application data in a record. */
  abstract void onClientData(int bytes);

  /** The server sent so many bytes in a record: application data, its handshake, or a ticket. */
  abstract void onServerData(int bytes);
}
