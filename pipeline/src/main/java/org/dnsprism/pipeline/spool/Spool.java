// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Records on the disk, in the order in which they came, within a bound. When there is no room the
 * oldest of the kind that {@link Precedence} names first are given up. Thread-safe.
 */
public final class Spool implements AutoCloseable {
  private static final int EPOCH_SHIFT = 40;
  private static final String CHUNK =
      "first_id, last_id, agent, run, kind, first_seq, last_seq, data";
  private static final String INSERT_CHUNK =
      "insert into chunk (" + CHUNK + ", precedence) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final SpoolFolder folder;
  private final Database database;
  private final long maxBytes;
  private final String id;
  private final long firstId;
  private long bytes;
  private long position;

  Spool(SpoolFolder folder, Database database, long maxBytes) throws SQLException {
    this.folder = folder;
    this.database = database;
    this.maxBytes = maxBytes;
    database.update("insert or ignore into state values ('id', ?)", UUID.randomUUID().toString());
    database.update("insert or ignore into state values ('epoch', 0)");
    database.update("update state set value = value + 1 where name = 'epoch'");
    id =
        database.query(row -> row.getString(1), "select value from state where name = 'id'").get(0);
    firstId = database.number("select value from state where name = 'epoch'") << EPOCH_SHIFT;
    bytes = database.number("select sum(length(data)) from chunk");
  }

  /** A name that no other spool has, the same at each start. */
  public String id() {
    return id;
  }

  /** Where it lies. */
  public SpoolFolder folder() {
    return folder;
  }

  /** Larger than the ids of all records of earlier starts: the first that this one may give. */
  public long firstId() {
    return firstId;
  }

  /**
   * Keeps records that come after all that are kept. To make room, or when there is none, some are
   * given up.
   *
   * @param entries in the order of their ids
   * @param protectedBelow records with smaller ids are being sent and stay
   * @return what was given up, oldest first
   * @throws SpoolException when the disk takes nothing; all is as before then
   */
  public synchronized List<Discard> append(List<Entry> entries, long protectedBelow)
      throws SpoolException {
    List<Discard> discards = new ArrayList<>();
    long before = bytes;
    try {
      database.atomically(
          () -> {
            for (Chunk chunk : Chunk.pack(entries)) {
              boolean sending = chunk.firstId() < protectedBelow;
              if (makeRoom(chunk, protectedBelow, discards) || sending) {
                insert(chunk);
              } else {
                discards.add(chunk.discarded());
              }
            }
            for (Discard discard : discards) {
              insert(discard);
            }
          });
    } catch (SQLException e) {
      bytes = before;
      throw failed(e);
    }
    return discards;
  }

  /** Gives up older records until a chunk has room; false when others are worth more. */
  private boolean makeRoom(Chunk chunk, long protectedBelow, List<Discard> discards)
      throws SQLException {
    int precedence = Precedence.of(chunk.source().kind());
    while (bytes + chunk.data().length > maxBytes) {
      List<Chunk> victims =
          database.query(
              Spool::chunk,
              "select "
                  + CHUNK
                  + " from chunk where precedence <= ? and first_id >= ?"
                  + " order by precedence, first_id limit 1",
              precedence,
              Math.max(protectedBelow, position));
      if (victims.isEmpty()) {
        return false;
      }
      Chunk victim = victims.get(0);
      database.update("delete from chunk where first_id = ?", victim.firstId());
      bytes -= victim.data().length;
      discards.add(victim.discarded());
    }
    return true;
  }

  private void insert(Chunk chunk) throws SQLException {
    Source source = chunk.source();
    database.update(
        INSERT_CHUNK,
        chunk.firstId(),
        chunk.lastId(),
        source.agent(),
        source.run(),
        source.kind(),
        chunk.firstSeq(),
        chunk.lastSeq(),
        chunk.data(),
        Precedence.of(source.kind()));
    bytes += chunk.data().length;
  }

  private static Chunk chunk(ResultSet row) throws SQLException {
    return new Chunk(
        row.getLong(1),
        row.getLong(2),
        source(row, 3),
        row.getLong(6),
        row.getLong(7),
        row.getBytes(8));
  }

  private static Source source(ResultSet row, int column) throws SQLException {
    return new Source(row.getString(column), row.getString(column + 1), row.getString(column + 2));
  }

  /**
   * The oldest records that have not been sent.
   *
   * @param mostBytes about how much, without what packing saves; at least some records are returned
   *     if there are any
   */
  public synchronized List<Entry> oldest(long mostBytes) throws SpoolException {
    try {
      List<Entry> entries = new ArrayList<>();
      long from = position;
      long taken = 0;
      while (taken < mostBytes) {
        List<Chunk> next =
            database.query(
                Spool::chunk,
                "select " + CHUNK + " from chunk where last_id >= ? order by first_id limit 1",
                from);
        if (next.isEmpty()) {
          break;
        }
        for (Entry entry : next.get(0).entries()) {
          if (entry.id() >= position) {
            entries.add(entry);
            taken += entry.memory();
          }
        }
        from = next.get(0).lastId() + 1;
      }
      return entries;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Records with smaller ids have been sent and are forgotten, now or as soon as the disk lets it.
   *
   * @throws SpoolException when the disk does not let it now; they are not returned any more
   */
  public synchronized void sentBelow(long below) throws SpoolException {
    position = Math.max(position, below);
    try {
      if (bytes == 0) {
        return;
      }
      database.update("delete from chunk where last_id < ?", position);
      bytes = database.number("select sum(length(data)) from chunk");
      if (bytes == 0) {
        database.execute("pragma incremental_vacuum");
        database.execute("pragma wal_checkpoint(truncate)");
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Sets a record apart that the place that it goes to refuses. */
  public synchronized void setAside(Entry entry) throws SpoolException {
    Source source = entry.source();
    try {
      database.update(
          "insert or replace into aside values (?, ?, ?, ?, ?, ?)",
          entry.id(),
          source.agent(),
          source.run(),
          source.kind(),
          entry.seq(),
          entry.value());
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Takes back the records that were set apart, with new ids behind all others; those that were not
   * passed by yet are still at their place.
   *
   * @param nextId the first new id
   */
  public synchronized List<Entry> takeBackAside(long nextId) throws SpoolException {
    try {
      List<Entry> entries = new ArrayList<>();
      List<Entry> passed =
          database.query(
              row -> new Entry(row.getLong(1), source(row, 2), row.getLong(5), row.getBytes(6)),
              "select id, agent, run, kind, seq, value from aside where id < ? or not exists"
                  + " (select 1 from chunk where first_id <= aside.id and last_id >= aside.id)"
                  + " order by id",
              position);
      for (Entry entry : passed) {
        entries.add(new Entry(nextId + entries.size(), entry.source(), entry.seq(), entry.value()));
      }
      database.atomically(
          () -> {
            for (Chunk chunk : Chunk.pack(entries)) {
              insert(chunk);
            }
            database.update("delete from aside");
          });
      return entries;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** How many records are set apart. */
  public synchronized long asideCount() throws SpoolException {
    try {
      return database.number("select count(*) from aside");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Notes for later what was given up elsewhere. */
  public synchronized void note(Discard discard) throws SpoolException {
    try {
      insert(discard);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void insert(Discard discard) throws SQLException {
    Source source = discard.source();
    int widened =
        database.update(
            "update discard set last_seq = ? where agent = ? and run = ? and kind = ?"
                + " and cause = ? and last_seq = ?",
            discard.lastSeq(),
            source.agent(),
            source.run(),
            source.kind(),
            discard.cause().label(),
            discard.firstSeq() - 1);
    if (widened == 0) {
      database.update(
          "insert into discard (agent, run, kind, first_seq, last_seq, cause)"
              + " values (?, ?, ?, ?, ?, ?)",
          source.agent(),
          source.run(),
          source.kind(),
          discard.firstSeq(),
          discard.lastSeq(),
          discard.cause().label());
    }
  }

  /** What was given up and has not been told to anybody. */
  public synchronized List<Discard> discards() throws SpoolException {
    try {
      return database.query(
          row ->
              new Discard(
                  source(row, 1),
                  row.getLong(4),
                  row.getLong(5),
                  Discard.Cause.of(row.getString(6))),
          "select agent, run, kind, first_seq, last_seq, cause from discard order by number");
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** What was given up has been told. */
  public synchronized void told(List<Discard> discards) throws SpoolException {
    try {
      for (Discard discard : discards) {
        Source source = discard.source();
        database.update(
            "delete from discard where agent = ? and run = ? and kind = ? and first_seq = ?"
                + " and last_seq = ?",
            source.agent(),
            source.run(),
            source.kind(),
            discard.firstSeq(),
            discard.lastSeq());
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Records that wait, by source, those set apart included. */
  public synchronized Map<Source, Long> counts() throws SpoolException {
    try {
      Map<Source, Long> counts = new HashMap<>();
      database.query(
          row -> counts.merge(source(row, 1), row.getLong(4), Long::sum),
          "select agent, run, kind, sum(last_seq - first_seq + 1) from chunk"
              + " where first_id >= ? group by agent, run, kind",
          position);
      database
          .query(
              Spool::chunk,
              "select " + CHUNK + " from chunk where first_id < ? and last_id >= ?",
              position,
              position)
          .forEach(chunk -> addRest(chunk, counts));
      database.query(
          row -> counts.merge(source(row, 1), row.getLong(4), Long::sum),
          "select agent, run, kind, count(*) from aside where id < ? or not exists"
              + " (select 1 from chunk where first_id <= aside.id and last_id >= aside.id)"
              + " group by agent, run, kind",
          position);
      return counts;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void addRest(Chunk chunk, Map<Source, Long> counts) {
    long rest = chunk.entries().stream().filter(entry -> entry.id() >= position).count();
    counts.merge(chunk.source(), rest, Long::sum);
  }

  /** Whether a record waits that was not set apart. */
  public synchronized boolean hasNext() throws SpoolException {
    try {
      return database.number("select exists (select 1 from chunk where last_id >= ?)", position)
          > 0;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Whether no record waits. */
  public synchronized boolean isEmpty() throws SpoolException {
    return counts().isEmpty();
  }

  /** Bytes on the disk that waiting records take, without what the file needs besides. */
  public synchronized long bytes() {
    return bytes;
  }

  private SpoolException failed(SQLException e) {
    return folder.failed(e);
  }

  @Override
  public synchronized void close() {
    folder.close(database);
  }
}
