// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.dns.DnsCrypt;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.endpoint.EndpointList;

/**
 * Reads the few answers that tell of resolvers a second time, record by record, and notes what they
 * teach. For all others it costs a look at the question. Allocates for what is new alone.
 */
public final class AnswerReader {
  private static final int RESOLVER_PORT = 53;
  private static final int INTERNET = 1;
  private static final int TYPE_TXT = 16;

  private final EndpointList endpoints;
  private final LearnedNotes notes;
  private final Answer answer = new Answer();
  private final AddressAnswers addresses;
  private final ServiceAnswers services;
  private final CertificateAnswers certificates;

  /**
   * Makes a reader.
   *
   * @param endpoints says which names are resolvers'
   * @param notes takes what is learned
   */
  public AnswerReader(EndpointList endpoints, LearnedNotes notes) {
    this.endpoints = endpoints;
    this.notes = notes;
    addresses = new AddressAnswers(endpoints, notes);
    services = new ServiceAnswers(notes, new BoundService(endpoints, notes));
    certificates = new CertificateAnswers(notes);
  }

  /** Says who gives the answer that is read next: the server of its flow. */
  public void from(long high, long low, int port) {
    answer.from(high, low, port);
  }

  /** Whether a response may teach something; cheap, and false for most. */
  public boolean matters(DnsMessage message) {
    if (!message.response()
        || message.answerCount() == 0
        || message.rcode() != 0
        || message.qclass() != INTERNET
        || message.truncated()) {
      return false;
    }
    return switch (message.qtype()) {
      case AddressAnswers.TYPE_A, AddressAnswers.TYPE_AAAA -> rule(message) >= 0;
      case ServiceAnswers.TYPE_SVCB, ServiceAnswers.TYPE_HTTPS -> message.serviceBinding();
      case TYPE_TXT -> DnsCrypt.certificate(message);
      default -> false;
    };
  }

  private int rule(DnsMessage message) {
    return endpoints.findName(message.nameBytes(), 0, message.nameLength());
  }

  /**
   * Learns from a response that matters, answers a query that was seen, and came from the server of
   * that query.
   *
   * @param buffer holds it
   * @param offset index of its header
   * @param length its bytes, all of which are there
   * @param message the same, parsed
   * @param timeNanos when it was seen
   */
  public void read(ByteBuf buffer, int offset, int length, DnsMessage message, long timeNanos) {
    answer.set(buffer, offset, length, timeNanos);
    boolean resolver = answer.resolverPort == RESOLVER_PORT;
    int type = message.qtype();
    if (message.questionCount() != 1 || message.opcode() != 0) {
      return;
    }
    if (type == TYPE_TXT) {
      certificates.read(answer);
    } else if (resolver && message.answerCount() > Answer.MAX_RECORDS) {
      notes.refuse(Refusal.TOO_MANY);
    } else if (resolver
        && (type == ServiceAnswers.TYPE_SVCB || type == ServiceAnswers.TYPE_HTTPS)) {
      services.read(answer, type);
    } else if (resolver) {
      addresses.read(answer, type, rule(message));
    }
  }
}
