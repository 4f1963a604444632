// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/**
 * Puts IPv4 and IPv6 fragments together, in any order. Bounded: so many datagrams at once, so many
 * of one source, half a minute of event time. A datagram with overlapping fragments is dropped (RFC
 * 5722); an exact repeat does no harm. Nothing is dropped without being counted.
 */
final class Defragmenter {
  private static final int MAX_DATAGRAMS = 256;
  private static final int MAX_PER_SOURCE = 64;
  private static final long TIMEOUT_NANOS = 30_000_000_000L;

  private final FragmentedDatagram[] waiting = new FragmentedDatagram[MAX_DATAGRAMS];
  private final FragmentedDatagram[] spare = new FragmentedDatagram[2 * MAX_DATAGRAMS];
  private final FragmentedDatagram[] lent = new FragmentedDatagram[MAX_DATAGRAMS];
  private int waitingCount;
  private int spareCount;
  private int lentCount;
  private long lost;
  private long reassembled;

  /** Fragments that led to nothing. */
  long lost() {
    return lost;
  }

  /** Datagrams that became whole. */
  long reassembled() {
    return reassembled;
  }

  /**
   * Takes the fragment whose payload is at the walk's position.
   *
   * @return {@link Layer#IP_PROTOCOL} with the walk over the whole datagram, or the walk's end
   */
  int add(Walk w, int identification, int offset, boolean more) {
    int length = w.limit - w.position;
    if (w.cut || w.captured < w.limit) {
      lost++;
      // It can never be whole, but the first fragment still tells the five-tuple.
      return offset == 0 ? Layer.IP_PROTOCOL : Layer.end(DecodeStatus.SNAPPED);
    }
    if (length == 0
        || (more && (length & 7) != 0)
        || offset + length > FragmentedDatagram.MAX_BYTES) {
      lost++;
      return Layer.end(DecodeStatus.BAD_FRAGMENT);
    }
    int index = find(w, identification);
    if (index >= 0 && w.timeNanos - waiting[index].startNanos() > TIMEOUT_NANOS) {
      drop(index);
      index = -1;
    }
    if (index < 0) {
      index = open(w, identification);
    }
    return place(index, w, offset, length, more);
  }

  private int place(int index, Walk w, int offset, int length, boolean more) {
    FragmentedDatagram datagram = waiting[index];
    if (!datagram.add(w.buffer, w.position, offset, length, more, w.ipProtocol)) {
      lost++;
      drop(index);
      return Layer.end(DecodeStatus.BAD_FRAGMENT);
    }
    if (!datagram.whole()) {
      return Layer.end(DecodeStatus.FRAGMENT);
    }
    if (lentCount == lent.length) {
      drop(index);
      return Layer.end(DecodeStatus.BAD_FRAGMENT);
    }
    reassembled++;
    take(index);
    lent[lentCount++] = datagram;
    w.buffer = datagram.buffer();
    w.position = 0;
    w.limit = datagram.length();
    w.captured = datagram.length();
    w.ipProtocol = datagram.protocol();
    return Layer.IP_PROTOCOL;
  }

  /** Gives back the datagrams handed out since the last time. */
  void release() {
    while (lentCount > 0) {
      spare[spareCount++] = lent[--lentCount];
    }
  }

  /** No fragment will follow: those that wait are lost. */
  void finish() {
    while (waitingCount > 0) {
      drop(waitingCount - 1);
    }
  }

  private int find(Walk w, int identification) {
    for (int i = 0; i < waitingCount; i++) {
      if (waiting[i].matches(w, identification)) {
        return i;
      }
    }
    return -1;
  }

  private int open(Walk w, int identification) {
    makeRoom(w);
    FragmentedDatagram datagram = spareCount > 0 ? spare[--spareCount] : new FragmentedDatagram();
    datagram.begin(w, identification);
    waiting[waitingCount] = datagram;
    return waitingCount++;
  }

  private void makeRoom(Walk w) {
    int ofSource = 0;
    int oldestOfSource = -1;
    int oldest = -1;
    for (int i = waitingCount - 1; i >= 0; i--) {
      if (w.timeNanos - waiting[i].startNanos() > TIMEOUT_NANOS) {
        drop(i);
        oldest = -1;
        oldestOfSource = -1;
        ofSource = 0;
        i = waitingCount;
      } else {
        oldest = older(i, oldest);
        if (waiting[i].from(w)) {
          ofSource++;
          oldestOfSource = older(i, oldestOfSource);
        }
      }
    }
    if (ofSource >= MAX_PER_SOURCE) {
      drop(oldestOfSource);
    } else if (waitingCount == MAX_DATAGRAMS) {
      drop(oldest);
    }
  }

  private int older(int candidate, int oldest) {
    return oldest < 0 || waiting[candidate].startNanos() <= waiting[oldest].startNanos()
        ? candidate
        : oldest;
  }

  private void drop(int index) {
    lost += waiting[index].fragments();
    spare[spareCount++] = waiting[index];
    take(index);
  }

  private void take(int index) {
    waiting[index] = waiting[--waitingCount];
  }
}
