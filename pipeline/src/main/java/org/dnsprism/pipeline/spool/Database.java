// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An SQLite file with a write-ahead log. What is committed survives the death of the process; the
 * newest of it may not survive a power cut, but what is there then is whole.
 */
final class Database implements AutoCloseable {
  private static final List<String> SETTINGS =
      List.of(
          "pragma auto_vacuum = incremental", // before the first table, or it has no effect
          "pragma journal_mode = wal",
          "pragma synchronous = normal",
          "pragma journal_size_limit = 4194304",
          "pragma busy_timeout = 10000");
  private static final List<String> TABLES =
      List.of(
          "create table if not exists state (name text primary key, value)",
          """
          create table if not exists chunk (
            first_id integer primary key, last_id integer, precedence integer,
            agent text, run text, kind text, first_seq integer, last_seq integer, data blob)
          """,
          """
          create table if not exists aside (
            id integer, agent text, run text, kind text, seq integer, value blob,
            primary key (agent, run, kind, seq))
          """,
          """
          create table if not exists discard (
            number integer primary key, agent text, run text, kind text,
            first_seq integer, last_seq integer, cause text)
          """,
          "create index if not exists victims on chunk (precedence, first_id)");

  private final Path file;
  private Connection connection;

  /** A statement's values, and what is done with each row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done as a whole or not at all. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  private Database(Path file) throws SQLException {
    this.file = file;
    connection = connect(file);
  }

  /** Opens a file, which is made if it is absent. */
  static Database open(Path file) throws SQLException {
    Database database = new Database(file);
    try {
      for (String table : TABLES) {
        database.execute(table);
      }
      return database;
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection made = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = made.createStatement()) {
      for (String setting : SETTINGS) {
        statement.execute(setting);
      }
      return made;
    } catch (SQLException e) {
      made.close();
      throw e;
    }
  }

  /** Does a work as a whole; after a failure nothing of it has been done. */
  void atomically(Work work) throws SQLException {
    execute("begin immediate");
    try {
      work.run();
      execute("commit");
    } catch (SQLException e) {
      reconnect(); // on a full disk SQLite has rolled back by itself, or cannot: this ends either
      // way
      throw e;
    }
  }

  private void reconnect() throws SQLException {
    connection.close();
    connection = connect(file);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Changes rows; returns how many. */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  <T> List<T> query(RowReader<T> reader, String sql, Object... values) throws SQLException {
    List<T> all = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(reader.read(rows));
      }
    }
    return all;
  }

  /** A number that a query always gives; 0 for none. */
  long number(String sql, Object... values) throws SQLException {
    return query(row -> row.getLong(1), sql, values).stream().findFirst().orElse(0L);
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
