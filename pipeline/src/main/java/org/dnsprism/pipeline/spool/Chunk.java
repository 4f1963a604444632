// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Successive records of one source, packed together.
 *
 * <pre>
 *   number of bytes, unpacked: 4
 *   zstd of: for each record
 *     id minus that of the first: 4    length: 4    value
 * </pre>
 *
 * @param firstId smallest id
 * @param lastId largest id
 * @param source whose records
 * @param firstSeq number of the first
 * @param lastSeq number of the last; none is missing between
 * @param data the records, packed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Chunk(long firstId, long lastId, Source source, long firstSeq, long lastSeq, byte[] data) {
  private static final int MOST_BYTES = 256 << 10;
  private static final int LEVEL = 1;
  private static final int HEAD = 2 * Integer.BYTES;

  /** Packs records, which are in the order of their ids. */
  static List<Chunk> pack(List<Entry> entries) {
    List<Chunk> chunks = new ArrayList<>();
    List<Entry> run = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : entries) {
      if (!run.isEmpty() && (bytes > MOST_BYTES || !follows(run.get(run.size() - 1), entry))) {
        chunks.add(of(run));
        run.clear();
        bytes = 0;
      }
      run.add(entry);
      bytes += entry.value().length;
    }
    if (!run.isEmpty()) {
      chunks.add(of(run));
    }
    return chunks;
  }

  private static boolean follows(Entry last, Entry next) {
    return next.source().equals(last.source()) && next.seq() == last.seq() + 1;
  }

  private static Chunk of(List<Entry> run) {
    Entry first = run.get(0);
    Entry last = run.get(run.size() - 1);
    int bytes = run.stream().mapToInt(entry -> HEAD + entry.value().length).sum();
    ByteBuffer plain = ByteBuffer.allocate(bytes);
    for (Entry entry : run) {
      plain.putInt((int) (entry.id() - first.id()));
      plain.putInt(entry.value().length);
      plain.put(entry.value());
    }
    byte[] packed = Zstd.compress(plain.array(), LEVEL);
    byte[] data =
        ByteBuffer.allocate(Integer.BYTES + packed.length).putInt(bytes).put(packed).array();
    return new Chunk(first.id(), last.id(), first.source(), first.seq(), last.seq(), data);
  }

  /** The records in it. */
  List<Entry> entries() {
    ByteBuffer stored = ByteBuffer.wrap(data);
    int bytes = stored.getInt();
    byte[] packed = new byte[stored.remaining()];
    stored.get(packed);
    ByteBuffer plain = ByteBuffer.wrap(Zstd.decompress(packed, bytes));
    List<Entry> entries = new ArrayList<>();
    while (plain.hasRemaining()) {
      long id = firstId + plain.getInt();
      byte[] value = new byte[plain.getInt()];
      plain.get(value);
      entries.add(new Entry(id, source, firstSeq + entries.size(), value));
    }
    return entries;
  }

  long count() {
    return lastSeq - firstSeq + 1;
  }

  Discard discarded() {
    return new Discard(source, firstSeq, lastSeq, Discard.Cause.SPOOL_FULL);
  }
}
