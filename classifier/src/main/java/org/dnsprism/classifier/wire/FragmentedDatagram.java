// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** The fragments of one IP datagram: its bytes, and a bit for each eight of them. Reused. */
final class FragmentedDatagram {
  /** The largest payload that fragment offsets can reach. */
  static final int MAX_BYTES = 65_535;

  private static final int FIRST_CAPACITY = 4096;

  private final ByteBuf buffer = Unpooled.buffer(FIRST_CAPACITY, MAX_BYTES + 1);
  private final long[] present = new long[(MAX_BYTES + 1) / 8 / Long.SIZE];
  private long startNanos;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int identification;
  private int ipVersion;
  private int protocol;
  private int blocks;
  private int length;
  private int fragments;

  void begin(Walk w, int id) {
    Arrays.fill(present, 0);
    startNanos = w.timeNanos;
    sourceHigh = w.sourceHigh;
    sourceLow = w.sourceLow;
    destinationHigh = w.destinationHigh;
    destinationLow = w.destinationLow;
    identification = id;
    ipVersion = w.ipVersion;
    protocol = w.ipProtocol;
    blocks = 0;
    length = -1;
    fragments = 0;
  }

  /** IPv4 also keys on the protocol (RFC 791); in IPv6 only the first fragment knows it. */
  boolean matches(Walk w, int id) {
    return identification == id
        && ipVersion == w.ipVersion
        && sourceLow == w.sourceLow
        && destinationLow == w.destinationLow
        && sourceHigh == w.sourceHigh
        && destinationHigh == w.destinationHigh
        && (ipVersion == 6 || protocol == w.ipProtocol);
  }

  boolean from(Walk w) {
    return sourceLow == w.sourceLow && sourceHigh == w.sourceHigh;
  }

  long startNanos() {
    return startNanos;
  }

  int fragments() {
    return fragments;
  }

  /** Copies a fragment in; false when it contradicts the others. */
  boolean add(ByteBuf from, int at, int offset, int bytes, boolean more, int nextProtocol) {
    int end = offset + bytes;
    if (length >= 0 && (end > length || (!more && length != end))) {
      return false;
    }
    int firstBlock = offset >>> 3;
    int lastBlock = (end + 7) >>> 3;
    int have = count(firstBlock, lastBlock);
    if (have > 0) {
      return have == lastBlock - firstBlock && same(from, at, offset, bytes);
    }
    if (!more && beyond(lastBlock)) {
      return false;
    }
    if (buffer.capacity() < end) {
      buffer.capacity(Math.min(MAX_BYTES + 1, Integer.highestOneBit(end - 1) * 2));
    }
    buffer.setBytes(offset, from, at, bytes);
    mark(firstBlock, lastBlock);
    blocks += lastBlock - firstBlock;
    fragments++;
    length = more ? length : end;
    protocol = offset == 0 ? nextProtocol : protocol;
    return true;
  }

  /** Whether no byte is missing. */
  boolean whole() {
    return length >= 0 && blocks == (length + 7) >>> 3;
  }

  ByteBuf buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  int protocol() {
    return protocol;
  }

  private boolean same(ByteBuf from, int at, int offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      if (from.getByte(at + i) != buffer.getByte(offset + i)) {
        return false;
      }
    }
    return true;
  }

  private int count(int first, int last) {
    int count = 0;
    for (int block = first; block < last; block++) {
      count += (int) (present[block >>> 6] >>> block) & 1;
    }
    return count;
  }

  private boolean beyond(int lastBlock) {
    return count(lastBlock, present.length * Long.SIZE) > 0;
  }

  private void mark(int first, int last) {
    for (int block = first; block < last; block++) {
      present[block >>> 6] |= 1L << block;
    }
  }
}
