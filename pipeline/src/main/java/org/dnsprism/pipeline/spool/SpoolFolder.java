// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with one spool, which belongs to one process at a time. Processes that send to the same
 * place have a folder each; what one leaves behind the next one takes over.
 */
public final class SpoolFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
  private static final int MOST_FOLDERS = 64;
  private static final String DATABASE = "spool.db";
  private static final String LOCK = "lock";
  private static final String TARGET = "target";

  private final Path path;
  private final FileChannel channel;

  /**
   * What a folder holds.
   *
   * @param path the folder
   * @param target where its records go
   * @param inUse whether a process has it
   * @param records that wait
   * @param bytes that they take, packed
   */
  public record Status(Path path, String target, boolean inUse, long records, long bytes) {}

  private SpoolFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /**
   * Opens a spool that no other process has: one with records if there is one, else any, else a new
   * one.
   *
   * @param target names the place that the records go to; spools of other places are left alone
   * @throws SpoolException when the disk does not let it
   */
  public static Spool open(SpoolSettings settings, String target) throws SpoolException {
    prepare(settings);
    Spool spare = null;
    for (Path path : all(settings)) {
      Spool spool =
          Files.isDirectory(path) || spare == null ? tryOpen(path, settings, target) : null;
      if (spool != null && !spool.isEmpty()) {
        closeUnused(spare);
        return spool;
      }
      if (spare == null) {
        spare = spool;
      } else {
        closeUnused(spool);
      }
    }
    if (spare == null) {
      throw failed(
          settings.directory(), new IOException("all " + MOST_FOLDERS + " folders are in use"));
    }
    return spare;
  }

  private static void closeUnused(@Nullable Spool spool) {
    if (spool != null) {
      spool.close();
    }
  }

  /** Opens all spools of a place that hold records and that no process has. */
  public static List<Spool> openFilled(SpoolSettings settings, String target)
      throws SpoolException {
    List<Spool> filled = new ArrayList<>();
    for (Path path : existing(settings)) {
      Spool spool = tryOpen(path, settings, target);
      if (spool != null && spool.isEmpty()) {
        spool.close();
      } else if (spool != null) {
        filled.add(spool);
      }
    }
    return filled;
  }

  /** What all folders hold. */
  public static List<Status> statuses(SpoolSettings settings) throws SpoolException {
    List<Status> statuses = new ArrayList<>();
    for (Path path : existing(settings)) {
      try (Database database = Database.open(path.resolve(DATABASE))) {
        statuses.add(
            new Status(
                path,
                target(path),
                inUse(path),
                database.number("select sum(last_seq - first_seq + 1) from chunk")
                    + database.number("select count(*) from aside"),
                database.number("select sum(length(data)) from chunk")));
      } catch (SQLException | IOException e) {
        throw failed(path, e);
      }
    }
    return statuses;
  }

  private static List<Path> all(SpoolSettings settings) {
    return IntStream.rangeClosed(1, MOST_FOLDERS)
        .mapToObj(number -> settings.directory().resolve(Integer.toString(number)))
        .toList();
  }

  private static List<Path> existing(SpoolSettings settings) {
    return all(settings).stream().filter(path -> Files.exists(path.resolve(DATABASE))).toList();
  }

  private static void prepare(SpoolSettings settings) throws SpoolException {
    try {
      Files.createDirectories(
          settings.directory(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw failed(settings.directory(), e);
    }
  }

  /** Opens a folder's spool; null when another process or another place has it. */
  private static @Nullable Spool tryOpen(Path path, SpoolSettings settings, String target)
      throws SpoolException {
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) && isFor(path, target)) {
        Database database = Database.open(path.resolve(DATABASE));
        return new Spool(new SpoolFolder(path, channel), database, settings.maxBytes());
      }
      channel.close();
      return null;
    } catch (IOException | SQLException e) {
      closeQuietly(channel);
      throw failed(path, e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another spool of this very process
    }
  }

  private static boolean inUse(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return !lock(channel);
    }
  }

  private static boolean isFor(Path path, String target) throws IOException {
    if (!Files.exists(path.resolve(DATABASE))) {
      Files.writeString(path.resolve(TARGET), target);
    }
    return target(path).equals(target);
  }

  private static String target(Path path) throws IOException {
    return Files.readString(path.resolve(TARGET));
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("a lock file does not close", e);
      }
    }
  }

  private static SpoolException failed(Path path, Exception e) {
    return new SpoolException("the spool %s cannot be used: %s".formatted(path, e.getMessage()), e);
  }

  SpoolException failed(SQLException e) {
    return failed(path, e);
  }

  void close(Database database) {
    try {
      database.close();
    } catch (SQLException e) {
      LOG.warn("the spool {} does not close", path, e);
    }
    closeQuietly(channel);
  }
}
