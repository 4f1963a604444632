// SPDX-License-Identifier: Apache-2.0

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Three stores used as a queue of chunks: appended in fours, read, deleted from the front. */
public final class StoreComparison {
  private static final int CHUNK_BYTES = 32 << 10;
  private static final int GROUP = 4;
  private static final int CHUNKS = 16_000;
  private static final long KEPT = 4_000;

  /** A queue of numbered chunks. */
  interface Store extends AutoCloseable {
    void append(long first, List<byte[]> chunks) throws Exception;

    byte[] get(long number) throws Exception;

    void deleteThrough(long number) throws Exception;

    /** Smallest and largest number, and how many there are. */
    long[] range() throws Exception;
  }

  private static final class Sqlite implements Store {
    private final Connection connection;

    Sqlite(Path folder) throws SQLException {
      connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
      for (String sql :
          List.of(
              "pragma auto_vacuum = incremental",
              "pragma journal_mode = wal",
              "pragma synchronous = normal",
              "pragma journal_size_limit = 4194304",
              "create table if not exists queue (number integer primary key, data blob)")) {
        execute(sql);
      }
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void append(long first, List<byte[]> chunks) throws SQLException {
      execute("begin");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into queue values (?, ?)")) {
        for (int i = 0; i < chunks.size(); i++) {
          insert.setLong(1, first + i);
          insert.setBytes(2, chunks.get(i));
          insert.executeUpdate();
        }
      }
      execute("commit");
    }

    @Override
    public byte[] get(long number) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement("select data from queue where number = ?")) {
        select.setLong(1, number);
        ResultSet row = select.executeQuery();
        return row.next() ? row.getBytes(1) : null;
      }
    }

    @Override
    public void deleteThrough(long number) throws SQLException {
      execute("delete from queue where number <= " + number);
    }

    @Override
    public long[] range() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("select min(number), max(number), count(*) from queue")) {
        return new long[] {row.getLong(1), row.getLong(2), row.getLong(3)};
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static final class MvStore implements Store {
    private final MVStore store;
    private final MVMap<Long, byte[]> map;

    MvStore(Path folder) {
      String file = folder.resolve("store.mv").toString();
      store = new MVStore.Builder().fileName(file).autoCommitDisabled().open();
      store.setRetentionTime(0);
      store.setVersionsToKeep(0);
      map = store.openMap("queue");
    }

    @Override
    public void append(long first, List<byte[]> chunks) {
      for (int i = 0; i < chunks.size(); i++) {
        map.put(first + i, chunks.get(i));
      }
      store.commit();
    }

    @Override
    public byte[] get(long number) {
      return map.get(number);
    }

    @Override
    public void deleteThrough(long number) {
      for (Long key = map.firstKey(); key != null && key <= number; key = map.firstKey()) {
        map.remove(key);
      }
      store.commit();
    }

    @Override
    public long[] range() {
      return map.isEmpty()
          ? new long[3]
          : new long[] {map.firstKey(), map.lastKey(), map.sizeAsLong()};
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static final class RocksDb implements Store {
    static {
      RocksDB.loadLibrary();
    }

    private final RocksDB database;
    private final WriteOptions durable = new WriteOptions();

    RocksDb(Path folder) throws RocksDBException {
      Options options =
          new Options()
              .setCreateIfMissing(true)
              .setWriteBufferSize(8 << 20)
              .setMaxTotalWalSize(16 << 20);
      database = RocksDB.open(options, folder.toString());
    }

    private static byte[] key(long number) {
      return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public void append(long first, List<byte[]> chunks) throws RocksDBException {
      try (WriteBatch batch = new WriteBatch()) {
        for (int i = 0; i < chunks.size(); i++) {
          batch.put(key(first + i), chunks.get(i));
        }
        database.write(durable, batch);
      }
    }

    @Override
    public byte[] get(long number) throws RocksDBException {
      return database.get(key(number));
    }

    @Override
    public void deleteThrough(long number) throws RocksDBException {
      database.deleteRange(key(0), key(number + 1));
    }

    @Override
    public long[] range() {
      long[] range = new long[3];
      try (RocksIterator entries = database.newIterator()) {
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
          long number = ByteBuffer.wrap(entries.key()).getLong();
          range[0] = range[2] == 0 ? number : range[0];
          range[1] = number;
          range[2]++;
        }
      }
      return range;
    }

    @Override
    public void close() {
      database.close();
    }
  }

  private final String name;
  private final Path folder;
  private final List<byte[]> group = new ArrayList<>();

  private StoreComparison(String name, Path folder) {
    this.name = name;
    this.folder = folder;
    Random random = new Random(1);
    for (int i = 0; i < GROUP; i++) {
      byte[] chunk = new byte[CHUNK_BYTES];
      random.nextBytes(chunk);
      group.add(chunk);
    }
  }

  /** Store, what to do with it, and its folder. */
  public static void main(String[] args) throws Exception {
    StoreComparison comparison = new StoreComparison(args[0], Path.of(args[2]));
    switch (args[1]) {
      case "speed" -> comparison.speed();
      case "full" -> comparison.full();
      case "forever" -> comparison.forever();
      default -> comparison.range();
    }
  }

  private Store open() throws Exception {
    Files.createDirectories(folder);
    return switch (name) {
      case "sqlite" -> new Sqlite(folder);
      case "mvstore" -> new MvStore(folder);
      default -> new RocksDb(folder);
    };
  }

  private long mebibytes() throws Exception {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.exists(file) ? Files.size(file) : 0;
      }
    }
    return bytes >> 20;
  }

  private void speed() throws Exception {
    try (Store store = open()) {
      long begin = System.nanoTime();
      for (long i = 0; i < CHUNKS; i += GROUP) {
        store.append(i, group);
      }
      tell("append 500 MiB", begin);
      long read = System.nanoTime();
      for (long i = 0; i < CHUNKS; i++) {
        if (store.get(i) == null) {
          throw new IllegalStateException(i + " is gone");
        }
      }
      tell("read 500 MiB", read);
      long both = System.nanoTime();
      long most = mebibytes();
      for (long i = CHUNKS; i < 2 * CHUNKS; i += GROUP) {
        store.append(i, group);
        store.deleteThrough(i - CHUNKS + GROUP - 1);
        most = i % 400 == 0 ? Math.max(most, mebibytes()) : most;
      }
      tell("append and delete 500 MiB", both);
      System.out.printf("%s most on the disk %d MiB%n", name, most);
    }
  }

  private void tell(String what, long since) {
    System.out.printf("%s %s %.1f s%n", name, what, (System.nanoTime() - since) / 1e9);
  }

  /** Appends until the disk is full, then tells what still works, and what does after reopening. */
  private void full() throws Exception {
    Store store = open();
    long[] next = {0};
    tryTo(
        "append until the disk is full",
        () -> {
          for (; next[0] < CHUNKS; next[0] += GROUP) {
            store.append(next[0], group);
          }
        });
    tryTo("read all of them", () -> store.get(next[0] - 1));
    tryTo("delete half", () -> store.deleteThrough(next[0] / 2));
    tryTo("close", store::close);
    tryTo(
        "reopen, delete and append",
        () -> {
          try (Store again = open()) {
            again.deleteThrough(next[0]);
            again.append(next[0] + GROUP, group);
          }
        });
  }

  /** What may fail. */
  @FunctionalInterface
  interface Attempt {
    void run() throws Exception;
  }

  private void tryTo(String what, Attempt attempt) {
    try {
      attempt.run();
      System.out.printf("%s %s: works%n", name, what);
    } catch (Exception e) {
      System.out.printf("%s %s: %s%n", name, what, e);
    }
  }

  private void forever() throws Exception {
    try (Store store = open()) {
      long[] there = store.range();
      for (long i = there[2] == 0 ? 0 : there[1] + 1; true; i += GROUP) {
        store.append(i, group);
        if (i >= KEPT) {
          store.deleteThrough(i - KEPT + GROUP - 1);
        }
        System.out.println(i + GROUP - 1);
      }
    }
  }

  private void range() throws Exception {
    try (Store store = open()) {
      System.out.println(Arrays.toString(store.range()));
    }
  }
}
