// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import org.dnsprism.classifier.dns.DnsCryptCertificate;
import org.dnsprism.classifier.dns.WireName;
import org.dnsprism.classifier.endpoint.EndpointProtocol;

/** Learns from the certificates that DNSCrypt resolvers give in the clear, on their own port. */
final class CertificateAnswers {
  private static final int TYPE_TXT = 16;
  private static final int MAX_CERTIFICATES = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LearnedNotes notes;
  private final DnsCryptCertificate certificate = new DnsCryptCertificate();

  CertificateAnswers(LearnedNotes notes) {
    this.notes = notes;
  }

  void read(Answer answer) {
    if (!answer.followAliases()) {
      return;
    }
    int count = 0;
    while (answer.nextAnswer() && count < MAX_CERTIFICATES) {
      if (answer.records.type() == TYPE_TXT && answer.owner.same(answer.question)) {
        count++;
        answer.noteExpiry();
        note(answer);
      }
    }
  }

  private void note(Answer answer) {
    int data = answer.records.data();
    if (!certificate.read(answer.buffer, data, answer.records.dataLength())) {
      notes.refuse(Refusal.MALFORMED);
      return;
    }
    long seconds = answer.timeNanos / NANOS_PER_SECOND;
    boolean valid = certificate.beginSeconds() <= seconds && seconds < certificate.endSeconds();
    long server = Mix.of(answer.resolverHigh, answer.resolverLow);
    WireName of = answer.question;
    long port = Mix.of(server, answer.resolverPort);
    long identity = Mix.of(Mix.of(port, certificate.clientMagic()), of.bytes(), of.length());
    if (valid && of.plain() && notes.isNew(identity)) {
      notes.add(endpoint(answer, certificate.endSeconds() - seconds));
    }
  }

  /** A certificate holds until its end, whatever the time to live of its record. */
  private LearnedEndpoint endpoint(Answer answer, long secondsLeft) {
    WireName question = answer.question;
    int behindVersion = 0;
    for (int labels = 0; labels < 2; behindVersion++) {
      labels += question.bytes()[behindVersion] == '.' ? 1 : 0;
    }
    return new LearnedEndpoint(
        answer.resolverHigh,
        answer.resolverLow,
        answer.resolverPort,
        LearnedEndpoint.bit(EndpointProtocol.DNSCRYPT),
        LearnedSource.CERTIFICATE,
        false,
        false,
        question.text(behindVersion),
        "",
        answer.resolverHigh,
        answer.resolverLow,
        answer.timeNanos,
        LearnedNotes.expiry(answer.timeNanos, secondsLeft),
        certificate.clientMagic());
  }
}
