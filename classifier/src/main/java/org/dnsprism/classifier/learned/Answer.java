// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.dns.RecordCursor;
import org.dnsprism.classifier.dns.WireName;

/** The answer that is being read: where it stands, who gave it and when. Reused. */
final class Answer {
  /** Records in an answer that is still read. */
  static final int MAX_RECORDS = 64;

  private static final int MAX_ALIASES = 8;
  private static final int TYPE_CNAME = 5;

  final RecordCursor records = new RecordCursor();
  final WireName question = new WireName();
  final WireName owner = new WireName();
  private final WireName end = new WireName();
  ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int offset;
  private int length;
  long resolverHigh;
  long resolverLow;
  int resolverPort;
  long timeNanos;
  long expiryNanos;
  private long ttl;

  void set(ByteBuf bytes, int from, int size, long time) {
    buffer = bytes;
    offset = from;
    length = size;
    timeNanos = time;
  }

  void from(long high, long low, int port) {
    resolverHigh = high;
    resolverLow = low;
    resolverPort = port;
  }

  /** Stands before the first record; false when the message cannot be read again. */
  boolean rewind() {
    return records.begin(buffer, offset, length, question);
  }

  /** Sets another cursor before the first record. */
  void begin(RecordCursor cursor, WireName ignored) {
    cursor.begin(buffer, offset, length, ignored);
  }

  /** The next record of the answer section in the Internet's class; false behind the last. */
  boolean nextAnswer() {
    while (records.next()) {
      if (records.section() != RecordCursor.ANSWER) {
        return false;
      }
      if (records.internet() && records.owner(owner)) {
        return true;
      }
    }
    return false;
  }

  /** Follows the aliases of the question; false when there are too many. */
  boolean followAliases() {
    if (!rewind()) {
      return false;
    }
    end.set(question);
    ttl = Long.MAX_VALUE;
    for (int step = 0; step <= MAX_ALIASES; step++) {
      if (!stepAlias()) {
        return rewind();
      }
      rewind();
    }
    return false;
  }

  private boolean stepAlias() {
    while (nextAnswer()) {
      if (records.type() == TYPE_CNAME && owner.same(end)) {
        ttl = Math.min(ttl, records.ttl());
        return records.dataName(end);
      }
    }
    return false;
  }

  /** The name at the end of the aliases. */
  WireName end() {
    return end;
  }

  /** Whether the record is of the name at the end of the aliases. */
  boolean ofEnd() {
    return owner.same(end);
  }

  /** Notes when what the record says is to be forgotten, with the aliases that lead to it. */
  void noteExpiry() {
    expiryNanos = LearnedNotes.expiry(timeNanos, Math.min(ttl, records.ttl()));
  }

  /** Whether two names have the last two labels in common, as names of one site have. */
  static boolean sameSite(WireName one, WireName other) {
    int from = 0;
    int dots = 0;
    for (int i = one.length() - 1; i >= 0; i--) {
      if (one.bytes()[i] == '.' && ++dots == 2) {
        from = i + 1;
        break;
      }
    }
    return other.within(one, from);
  }
}
