// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection, and on it one request after the other, or several at once. */
final class Client {
  private static final long REPLY_SECONDS = 5;

  private final Protocol protocol;
  private final Target target;

  Client(Protocol protocol, Target target) {
    this.protocol = protocol;
    this.target = target;
  }

  /**
   * Requests made and right replies to them.
   *
   * @param queries how many requests were sent
   * @param answers how many of them were answered as they should be
   */
  record Tally(int queries, int answers) {}

  /**
   * Connects, asks and disconnects.
   *
   * @param count how many requests to make
   * @param intervalMillis the pause between a reply and the next request
   * @throws ExecutionException if there is no connection
   */
  Tally run(List<String> names, int count, long intervalMillis)
      throws InterruptedException, ExecutionException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (Exchange exchange = connect(group, names)) {
      int answers = 0;
      int burst = Math.max(1, Integer.getInteger("burst", 1));
      for (int turn = 0; turn < count; turn += burst) {
        if (turn > 0) {
          TimeUnit.MILLISECONDS.sleep(intervalMillis);
        }
        answers += answered(exchange, turn, Math.min(count, turn + burst));
      }
      return new Tally(count, answers);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  private Exchange connect(EventLoopGroup group, List<String> names)
      throws InterruptedException, ExecutionException {
    if (Boolean.getBoolean("other")) {
      return queries(other(), names);
    }
    return switch (protocol) {
      case DOQ -> queries(DoqSession.connect(group, target), names);
      case DOH3 -> queries(doh(Http3Session.connect(group, target)), names);
      case DOH1 -> queries(doh(Http1Session.connectTls(group, target)), names);
      case DOHPLAIN -> queries(doh(Http1Session.connectPlain(group, target)), names);
      case HTTP3 -> Exchange.ofPages(Http3Session.connect(group, target), target.name(), names);
    };
  }

  /** Another implementation than Netty. */
  private DnsSession other() throws ExecutionException {
    return switch (protocol) {
      case DOQ -> KwikSession.connect(target);
      case DOH3 -> HttpClientSession.http3(target);
      case DOH1 -> HttpClientSession.http2(target);
      case DOHPLAIN, HTTP3 ->
          throw new IllegalArgumentException("nothing else speaks " + protocol.word());
    };
  }

  private DnsSession doh(HttpSession http) {
    return new DohSession(http, target.name());
  }

  private Exchange queries(DnsSession session, List<String> names) {
    boolean padded = protocol != Protocol.DOHPLAIN && !Boolean.getBoolean("unpadded");
    return Exchange.ofQueries(session, new Questions(names, padded));
  }

  /** Makes the requests of these turns at once and counts the right replies. */
  private static int answered(Exchange exchange, int from, int to) throws InterruptedException {
    List<CompletableFuture<Boolean>> replies = new ArrayList<>();
    for (int turn = from; turn < to; turn++) {
      replies.add(exchange.request(turn));
    }
    int answers = 0;
    for (CompletableFuture<Boolean> reply : replies) {
      answers += isRight(reply) ? 1 : 0;
    }
    return answers;
  }

  private static boolean isRight(CompletableFuture<Boolean> reply) throws InterruptedException {
    try {
      return reply.get(REPLY_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
