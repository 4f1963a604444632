// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.nio.charset.StandardCharsets;
import org.dnsprism.classifier.dns.RecordCursor;
import org.dnsprism.classifier.dns.ServiceRecord;
import org.dnsprism.classifier.dns.WireName;
import org.dnsprism.classifier.tls.EchConfigList;

/** Learns from SVCB and HTTPS records: designated resolvers, DoH paths, names for ECH. */
final class ServiceAnswers {
  /** Service bindings in an answer that can be those of one resolver. */
  private static final int MAX_BINDINGS = 16;

  private static final byte[] PREFIX = "_dns.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DESIGNATED = "_dns.resolver.arpa".getBytes(StandardCharsets.US_ASCII);

  static final int TYPE_SVCB = 64;
  static final int TYPE_HTTPS = 65;

  private final LearnedNotes notes;
  private final BoundService bound;
  private final ServiceRecord service = new ServiceRecord();
  private final EchConfigList configs = new EchConfigList();
  private final RecordCursor extra = new RecordCursor();
  private final WireName scratch = new WireName();
  private final WireName owner = new WireName();

  ServiceAnswers(LearnedNotes notes, BoundService bound) {
    this.notes = notes;
    this.bound = bound;
  }

  /**
   * Reads an answer.
   *
   * @param type of the question, SVCB or HTTPS
   */
  void read(Answer answer, int type) {
    if (!answer.followAliases()) {
      notes.refuse(Refusal.TOO_MANY);
      return;
    }
    boolean dns = type == TYPE_SVCB && answer.question.startsWith(PREFIX);
    boolean designation = dns && answer.question.is(DESIGNATED);
    if (dns) {
      bound.begin(answer, answer.question, PREFIX.length, designation);
    } else {
      bound.begin(answer, answer.end(), 0, false);
    }
    int bindings = 0;
    while (answer.nextAnswer()) {
      if (answer.records.type() == type && accepted(answer)) {
        if (++bindings > MAX_BINDINGS) {
          notes.refuse(Refusal.TOO_MANY);
          return;
        }
        binding(answer, dns, type == TYPE_HTTPS);
      }
    }
  }

  private boolean accepted(Answer answer) {
    if (!answer.ofEnd()) {
      notes.refuse(Refusal.OUT_OF_BAILIWICK);
      return false;
    }
    int data = answer.records.data();
    if (!service.read(answer.buffer, data, answer.records.dataLength())) {
      notes.refuse(Refusal.MALFORMED);
      return false;
    }
    return service.usable();
  }

  private void binding(Answer answer, boolean dns, boolean https) {
    answer.noteExpiry();
    if (service.echLength() > 0) {
      echNames(answer);
    }
    boolean path = https && service.dohPath() && answer.end().bytes()[0] != '_';
    if ((dns || path) && bound.services(answer, service, https)) {
      int addresses = hints(answer) + additional(answer);
      bound.end(addresses);
    }
  }

  private int hints(Answer answer) {
    int four = Math.min(service.ipv4Count(), AddressAnswers.MAX_ADDRESSES);
    int six = Math.min(service.ipv6Count(), AddressAnswers.MAX_ADDRESSES);
    if (four < service.ipv4Count() || six < service.ipv6Count()) {
      notes.refuse(Refusal.TOO_MANY);
      return 1;
    }
    for (int i = 0; i < four; i++) {
      bound.ipv4(answer.buffer, service.ipv4Offset() + 4 * i);
    }
    for (int i = 0; i < six; i++) {
      bound.ipv6(answer.buffer, service.ipv6Offset() + 16 * i);
    }
    return four + six;
  }

  /** Addresses of the target that the resolver sent along (RFC 9460, section 4.2). */
  private int additional(Answer answer) {
    int count = 0;
    answer.begin(extra, scratch);
    while (count < AddressAnswers.MAX_ADDRESSES && extra.next()) {
      boolean helps =
          extra.section() == RecordCursor.ADDITIONAL
              && extra.internet()
              && extra.owner(owner)
              && owner.same(service.target());
      if (helps && extra.type() == AddressAnswers.TYPE_A && extra.dataLength() == 4) {
        bound.ipv4(answer.buffer, extra.data());
        count++;
      } else if (helps && extra.type() == AddressAnswers.TYPE_AAAA && extra.dataLength() == 16) {
        bound.ipv6(answer.buffer, extra.data());
        count++;
      }
    }
    return count;
  }

  private void echNames(Answer answer) {
    configs.begin(answer.buffer, service.echOffset(), service.echLength());
    while (configs.next()) {
      if (!scratch.setText(answer.buffer, configs.nameOffset(), configs.nameLength())) {
        notes.refuse(Refusal.MALFORMED);
      } else if (notes.isNew(Mix.of(TYPE_HTTPS, scratch.bytes(), scratch.length()))) {
        notes.add(new EchPublicName(scratch.text(0), answer.timeNanos, answer.expiryNanos));
      }
    }
  }
}
