// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import org.dnsprism.classifier.dns.WireName;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.Sharing;
import org.dnsprism.classifier.endpoint.Tier;

/** Learns from A and AAAA records of names that the endpoint list has. */
final class AddressAnswers {
  /** Addresses in an answer that can be those of one resolver. */
  static final int MAX_ADDRESSES = 16;

  static final int TYPE_A = 1;
  static final int TYPE_AAAA = 28;
  private static final long MAPPED = 0xffffL << 32;

  private final EndpointList endpoints;
  private final LearnedNotes notes;
  private final ListedServer server;

  AddressAnswers(EndpointList endpoints, LearnedNotes notes) {
    this.endpoints = endpoints;
    this.notes = notes;
    server = new ListedServer(endpoints, notes);
  }

  /**
   * Reads an answer.
   *
   * @param type of the question, A or AAAA
   * @param rule index of the rule that the list has for the name
   */
  void read(Answer answer, int type, int rule) {
    Endpoint listed = endpoints.endpoint(rule);
    if (listed.sharing() == Sharing.SHARED) {
      return;
    }
    if (!answer.followAliases() || count(answer, type) > MAX_ADDRESSES) {
      notes.refuse(Refusal.TOO_MANY);
      return;
    }
    boolean weak = uncertain(listed) || leaves(answer, rule);
    answer.rewind();
    while (answer.nextAnswer()) {
      if (answer.records.type() == type && answer.ofEnd()) {
        address(answer, type, rule, weak);
      }
    }
  }

  /** Counts the addresses, and refuses those that nobody asked for. */
  private int count(Answer answer, int type) {
    int count = 0;
    while (answer.nextAnswer()) {
      if (answer.records.type() == type) {
        if (answer.ofEnd()) {
          count++;
        } else {
          notes.refuse(Refusal.OUT_OF_BAILIWICK);
        }
      }
    }
    return count;
  }

  /** Names that web pages share, or that nobody has verified, tell little of an address. */
  static boolean uncertain(Endpoint listed) {
    return listed.tier() == Tier.TAIL
        || (listed.sharing() != Sharing.DEDICATED && listed.tier() != Tier.CORE);
  }

  /** Whether the aliases lead away from the operator, such as to a content network. */
  private boolean leaves(Answer answer, int rule) {
    WireName end = answer.end();
    int at = endpoints.findName(end.bytes(), 0, end.length());
    boolean sameOperator =
        at >= 0
            && endpoints.operatorIndex(at) != 0
            && endpoints.operatorIndex(at) == endpoints.operatorIndex(rule);
    return !sameOperator && !Answer.sameSite(answer.question, end);
  }

  private void address(Answer answer, int type, int rule, boolean weak) {
    int data = answer.records.data();
    int size = answer.records.dataLength();
    answer.noteExpiry();
    if (type == TYPE_A && size == 4) {
      long low = MAPPED | answer.buffer.getUnsignedInt(data);
      server.learn(answer, 0, low, rule, weak);
    } else if (type == TYPE_AAAA && size == 16) {
      server.learn(
          answer, answer.buffer.getLong(data), answer.buffer.getLong(data + 8), rule, weak);
    } else {
      notes.refuse(Refusal.MALFORMED);
    }
  }
}
