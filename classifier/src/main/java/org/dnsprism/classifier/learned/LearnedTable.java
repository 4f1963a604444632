// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dnsprism.classifier.endpoint.EndpointList;

/**
 * The servers that are known from traffic: immutable, the same for all shards of a run, made anew
 * when an interval closes and something was learned or has expired. Look-ups allocate nothing.
 */
public final class LearnedTable {
  /** Statements that are kept unless another bound is asked for. */
  public static final int CAPACITY = 4096;

  /** Statements that are kept about one server port. */
  static final int MAX_PER_SERVER = 4;

  private static final int EMPTY = -1;

  private final EndpointList endpoints;
  private final int capacity;
  private final LearnedEndpoint[] known;
  private final int[] listed;
  private final byte[][] names;
  private final int[] slots;
  private final PublicNames echNames;
  private final long expired;
  private final long dropped;

  private LearnedTable(
      EndpointList endpoints,
      int capacity,
      List<LearnedEndpoint> ordered,
      PublicNames echNames,
      long expired,
      long dropped) {
    this.endpoints = endpoints;
    this.capacity = capacity;
    this.echNames = echNames;
    this.expired = expired;
    this.dropped = dropped;
    known = ordered.toArray(LearnedEndpoint[]::new);
    listed = new int[known.length];
    names = new byte[known.length][];
    slots = new int[Integer.highestOneBit(known.length * 2 + 1) * 2];
    Arrays.fill(slots, EMPTY);
    for (int i = 0; i < known.length; i++) {
      names[i] = known[i].name().getBytes(StandardCharsets.ISO_8859_1);
      listed[i] = ruleOf(known[i]);
      if (i == 0 || !known[i].sameServer(known[i - 1])) {
        put(i);
      }
    }
  }

  /** A table that knows nothing. */
  public static LearnedTable empty(EndpointList endpoints) {
    return empty(endpoints, CAPACITY);
  }

  /**
   * A table that knows nothing and will keep no more than so many statements.
   *
   * @param capacity 2 or more; half of it at most goes to servers that no list has
   */
  public static LearnedTable empty(EndpointList endpoints, int capacity) {
    return new LearnedTable(endpoints, capacity, List.of(), PublicNames.NONE, 0, 0);
  }

  private int ruleOf(LearnedEndpoint endpoint) {
    byte[] name = endpoint.listedName().getBytes(StandardCharsets.ISO_8859_1);
    return endpoints.findName(name, 0, name.length);
  }

  private void put(int index) {
    int slot = slot(known[index].high(), known[index].low(), known[index].port());
    while (slots[slot] != EMPTY) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = index;
  }

  private int slot(long high, long low, int port) {
    return (int) (Mix.of(Mix.of(high, low), port) >>> 40) & (slots.length - 1);
  }

  /**
   * What is known when an interval closes. What is known already stays rather than make room for
   * what is new, so that strangers cannot drive it out.
   *
   * @param news of all shards, in any order
   * @param nowNanos what has run out by then is forgotten: the start of the interval, since flows
   *     in it may have begun when it was still true
   */
  public LearnedTable with(LearnedNews news, long nowNanos) {
    List<LearnedEndpoint> living = new ArrayList<>();
    long gone = 0;
    for (LearnedEndpoint endpoint : known) {
      if (endpoint.expiryNanos() > nowNanos) {
        living.add(endpoint);
      } else {
        gone++;
      }
    }
    PublicNames nextNames = echNames.with(news.echNames(), nowNanos);
    if (gone == 0 && news.isEmpty() && nextNames == echNames) {
      return this;
    }
    Admission admission = new Admission(living);
    admission.admit(news.endpoints(), nowNanos);
    return new LearnedTable(
        endpoints,
        capacity,
        admission.ordered(),
        nextNames,
        expired + gone,
        dropped + admission.turnedAway);
  }

  /** The same knowledge for another list; what that list gives to others is still judged by it. */
  public LearnedTable with(EndpointList otherEndpoints) {
    return new LearnedTable(otherEndpoints, capacity, List.of(known), echNames, expired, dropped);
  }

  /** Lets new statements in as far as there is room. */
  private final class Admission {
    private final List<LearnedEndpoint> living;
    private final Set<LearnedEndpoint.Statement> statements = new HashSet<>();
    private final List<LearnedEndpoint> all;
    private long turnedAway;

    Admission(List<LearnedEndpoint> living) {
      this.living = living;
      all = new ArrayList<>(living);
      living.forEach(endpoint -> statements.add(endpoint.statement()));
    }

    void admit(List<LearnedEndpoint> news, long nowNanos) {
      List<LearnedEndpoint> ordered = new ArrayList<>(news);
      ordered.sort(LearnedEndpoint.ORDER);
      long unlisted = living.stream().filter(endpoint -> !endpoint.listed()).count();
      for (LearnedEndpoint endpoint : ordered) {
        if (endpoint.expiryNanos() <= nowNanos) {
          continue;
        }
        boolean repeated = statements.contains(endpoint.statement());
        boolean room =
            statements.size() < capacity && (endpoint.listed() || unlisted < capacity / 2);
        if (repeated || room) {
          all.add(endpoint);
          unlisted += !repeated && !endpoint.listed() ? 1 : 0;
          statements.add(endpoint.statement());
        } else {
          turnedAway++;
        }
      }
    }

    /** One entry for each statement, the latest; no more for one server than are of use. */
    List<LearnedEndpoint> ordered() {
      all.sort(LearnedEndpoint.ORDER);
      List<LearnedEndpoint> kept = new ArrayList<>();
      int ofServer = 0;
      for (LearnedEndpoint endpoint : all) {
        LearnedEndpoint last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
        boolean sameServer = last != null && last.sameServer(endpoint);
        if (last != null && last.sameStatement(endpoint)) {
          continue;
        }
        ofServer = sameServer ? ofServer + 1 : 1;
        if (ofServer <= MAX_PER_SERVER) {
          kept.add(endpoint);
        } else {
          turnedAway++;
        }
      }
      return kept;
    }
  }

  /**
   * Finds what is known of a server port.
   *
   * @return index of the first statement about it, or -1
   */
  int first(long high, long low, int port) {
    if (known.length == 0) {
      return EMPTY;
    }
    int slot = slot(high, low, port);
    while (slots[slot] != EMPTY) {
      LearnedEndpoint found = known[slots[slot]];
      if (found.low() == low && found.high() == high && found.port() == port) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return EMPTY;
  }

  LearnedEndpoint statement(int index) {
    return known[index];
  }

  /** Index of the rule of the endpoint list that names the resolver, or -1. */
  int rule(int index) {
    return listed[index];
  }

  /** Whether two rules of the endpoint list are of one operator, as far as it is known. */
  boolean sameOperator(int rule, int other) {
    int operator = endpoints.operatorIndex(rule);
    return rule == other || (operator != 0 && operator == endpoints.operatorIndex(other));
  }

  boolean names(int index, byte[] name, int length) {
    return length > 0 && Arrays.equals(names[index], 0, names[index].length, name, 0, length);
  }

  /** Whether the statement after an index is about the same server port. */
  boolean another(int index) {
    return index + 1 < known.length && known[index + 1].sameServer(known[index]);
  }

  /** Whether a certificate of the server port says that queries begin with these eight bytes. */
  public boolean hasClientMagic(long high, long low, int port, long magic) {
    for (int at = first(high, low, port); at >= 0; at = another(at) ? at + 1 : EMPTY) {
      if (known[at].clientMagic() == magic) {
        return magic != 0;
      }
    }
    return false;
  }

  /** Whether an HTTPS record was seen that publishes this name for Encrypted ClientHello. */
  public boolean isEchPublicName(byte[] lowerCaseName, int length) {
    return echNames.contain(lowerCaseName, length);
  }

  /** How many statements are kept. */
  public int size() {
    return known.length;
  }

  /** How many public names of ECH configurations are kept. */
  public int echNames() {
    return echNames.size();
  }

  /** Statements forgotten so far because their time was over. */
  public long expired() {
    return expired;
  }

  /** Statements turned away so far because there was no room. */
  public long dropped() {
    return dropped;
  }
}
