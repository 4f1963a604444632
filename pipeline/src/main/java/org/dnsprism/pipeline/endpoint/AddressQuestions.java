// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.pipeline.endpoint.AddressAnswer.Outcome;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks recursive resolvers for the A and AAAA records of many names, no faster than a rate. A
 * question that fails is asked once more, of the next resolver.
 */
final class AddressQuestions {
  /** So many questions may wait for their answers. */
  private static final int MOST_OPEN = 256;

  /** When so many questions have had no answer, and none has had one, nobody is there. */
  private static final int SILENT_TO_GIVE_UP = 16;

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int ROUNDS = 2;
  private static final int MOST_ALIASES = 16;
  private static final long MAPPED = 0xffff_0000_0000L;

  private final List<SimpleResolver> resolvers;
  private final long nanosPerQuestion;
  private final Semaphore room = new Semaphore(MOST_OPEN);
  private final ConcurrentLinkedQueue<AddressAnswer> answers = new ConcurrentLinkedQueue<>();
  private final IntConsumer progress;
  private final List<AddressAnswer> done = new ArrayList<>();
  private int heard;
  private boolean answered;

  /**
   * Asks nobody yet.
   *
   * @param servers resolvers to ask, at least one
   * @param perSecond most questions a second, at least 1
   * @param progress told how many questions are done
   */
  AddressQuestions(List<InetSocketAddress> servers, int perSecond, IntConsumer progress) {
    resolvers = servers.stream().map(SimpleResolver::new).toList();
    resolvers.forEach(resolver -> resolver.setTimeout(TIMEOUT));
    nanosPerQuestion = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.progress = progress;
  }

  /** A question that is still to be asked. */
  private record Question(String name, boolean ipv4) {}

  /**
   * Asks for both kinds of addresses of all names.
   *
   * @throws UnavailableException if no resolver answers anything
   */
  List<AddressAnswer> ask(Collection<String> names) throws UnavailableException {
    List<Question> open = new ArrayList<>();
    for (String name : names) {
      open.add(new Question(name, true));
      open.add(new Question(name, false));
    }
    for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
      askAll(open, round);
      open.clear();
      if (round < ROUNDS - 1) {
        done.stream()
            .filter(AddressAnswer::failed)
            .forEach(answer -> open.add(new Question(answer.name(), answer.ipv4())));
        done.removeIf(AddressAnswer::failed);
      }
    }
    if (!answered) {
      throw nobody();
    }
    return List.copyOf(done);
  }

  private UnavailableException nobody() {
    String asked =
        resolvers.stream()
            .map(
                resolver ->
                    resolver.getAddress().getAddress().getHostAddress()
                        + " port "
                        + resolver.getAddress().getPort())
            .collect(Collectors.joining(", "));
    return new UnavailableException("no resolver answers; asked " + asked + ", see --resolver");
  }

  private void askAll(List<Question> questions, int round) throws UnavailableException {
    long next = System.nanoTime();
    for (int i = 0; i < questions.size(); i++) {
      for (long wait = next - System.nanoTime(); wait > 0; wait = next - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      next += nanosPerQuestion;
      room.acquireUninterruptibly();
      send(questions.get(i), resolvers.get((i + round) % resolvers.size()));
      take();
    }
    room.acquireUninterruptibly(MOST_OPEN);
    room.release(MOST_OPEN);
    take();
  }

  private void send(Question question, SimpleResolver resolver) {
    Message query;
    try {
      Name name = Name.fromString(question.name() + ".");
      int type = question.ipv4() ? Type.A : Type.AAAA;
      query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    } catch (TextParseException e) {
      throw new IllegalStateException("the list holds what is no name", e);
    }
    var unused =
        resolver
            .sendAsync(query)
            .handle(
                (response, thrown) -> {
                  answers.add(
                      response == null
                          ? failed(question, Outcome.SILENT)
                          : read(question, response));
                  room.release();
                  return null;
                });
  }

  /** Takes over what has come in, and gives up when nobody answers. */
  private void take() throws UnavailableException {
    for (AddressAnswer answer = answers.poll(); answer != null; answer = answers.poll()) {
      done.add(answer);
      answered |= answer.outcome() != Outcome.SILENT;
      heard++;
    }
    progress.accept(done.size());
    if (!answered && heard >= SILENT_TO_GIVE_UP) {
      throw nobody();
    }
  }

  private static AddressAnswer failed(Question question, Outcome outcome) {
    return new AddressAnswer(question.name(), question.ipv4(), outcome, List.of());
  }

  private static AddressAnswer read(Question question, Message response) {
    int rcode = response.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return failed(question, Outcome.FAILED);
    }
    List<AddressBlock> addresses = addresses(response);
    return addresses.isEmpty()
        ? failed(question, Outcome.NONE)
        : new AddressAnswer(question.name(), question.ipv4(), Outcome.ADDRESSES, addresses);
  }

  /** The addresses of the name that was asked for, or of what it is an alias of. */
  private static List<AddressBlock> addresses(Message response) {
    List<Record> records = response.getSection(Section.ANSWER);
    Name owner = response.getQuestion().getName();
    for (int alias = 0; alias < MOST_ALIASES; alias++) {
      List<AddressBlock> found = new ArrayList<>();
      Name target = null;
      for (Record record : records) {
        if (record.getName().equals(owner)) {
          target = record instanceof CNAMERecord cname ? cname.getTarget() : target;
          add(record, found);
        }
      }
      if (target == null || !found.isEmpty()) {
        return found;
      }
      owner = target;
    }
    return List.of();
  }

  private static void add(Record record, List<AddressBlock> found) {
    ByteBuffer rdata = ByteBuffer.wrap(record.rdataToWireCanonical());
    if (record instanceof ARecord) {
      long low = MAPPED | (rdata.getInt() & 0xffff_ffffL);
      found.add(new AddressBlock(0, low, AddressBlock.ADDRESS_BITS));
    } else if (record instanceof AAAARecord) {
      found.add(new AddressBlock(rdata.getLong(), rdata.getLong(), AddressBlock.ADDRESS_BITS));
    }
  }
}
