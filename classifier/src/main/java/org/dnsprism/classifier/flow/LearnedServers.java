// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The servers learned from traffic. What a shard sees is not used before all shards know it: they
 * exchange it when an interval closes, so that verdicts do not depend on which shard saw it.
 */
final class LearnedServers {
  /** Most servers known at a time; later ones are not learned until others expire. */
  private static final int MAX_SERVERS = 4096;

  private static final long LIFE_NANOS = TimeUnit.HOURS.toNanos(24);

  private List<LearnedServer> known = List.of();
  private List<LearnedServer> fresh = new ArrayList<>();

  /** Notes a sighting, to be told to all shards. */
  void note(LearnedServer server) {
    for (LearnedServer other : fresh) {
      if (other.sameServer(server)) {
        return;
      }
    }
    if (fresh.size() < MAX_SERVERS) {
      fresh.add(server);
    }
  }

  /** The sightings since the last call. */
  List<LearnedServer> takeFresh() {
    List<LearnedServer> taken = fresh;
    fresh = new ArrayList<>();
    return taken;
  }

  /** Takes the sightings of all shards, and forgets what has not been seen for a day. */
  void accept(List<LearnedServer> seen, long nowNanos) {
    if (seen.isEmpty() && known.isEmpty()) {
      return;
    }
    List<LearnedServer> all = new ArrayList<>(known);
    all.addAll(seen);
    all.sort(LearnedServer.ORDER);
    List<LearnedServer> living = new ArrayList<>();
    for (LearnedServer server : all) {
      boolean repeated = !living.isEmpty() && living.get(living.size() - 1).sameServer(server);
      boolean expired = nowNanos - server.timeNanos() > LIFE_NANOS;
      if (!repeated && !expired) {
        living.add(server);
      }
    }
    known = living.size() <= MAX_SERVERS ? living : knownFirst(living);
  }

  /** Keeps the order and, up to the bound, what is known already rather than what is new. */
  private List<LearnedServer> knownFirst(List<LearnedServer> living) {
    int room = MAX_SERVERS - (int) living.stream().filter(this::knows).count();
    List<LearnedServer> kept = new ArrayList<>();
    for (LearnedServer server : living) {
      if (knows(server)) {
        kept.add(server);
      } else if (room > 0) {
        kept.add(server);
        room--;
      }
    }
    return kept;
  }

  private boolean knows(LearnedServer server) {
    return knows(server.high(), server.low(), server.port());
  }

  /** Whether a server is known to take DNS over HTTPS on a port. */
  boolean knows(long high, long low, int port) {
    int from = 0;
    int to = known.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      LearnedServer server = known.get(middle);
      int order = Long.compare(server.high(), high);
      order = order != 0 ? order : Long.compare(server.low(), low);
      order = order != 0 ? order : Integer.compare(server.port(), port);
      if (order == 0) {
        return true;
      }
      from = order < 0 ? middle + 1 : from;
      to = order > 0 ? middle : to;
    }
    return false;
  }
}
