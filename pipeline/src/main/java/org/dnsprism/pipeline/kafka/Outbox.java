// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.dnsprism.pipeline.record.Delivery;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Entry;
import org.dnsprism.pipeline.spool.Precedence;
import org.dnsprism.pipeline.spool.Source;
import org.dnsprism.pipeline.spool.Spool;
import org.dnsprism.pipeline.spool.SpoolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on their way, in one order: the oldest on the disk, the others in memory. A record leaves
 * it when the brokers have acknowledged it or it is given up. While they take records without delay
 * nothing is written to the disk.
 *
 * <p>Who holds {@code disk} may also take the monitor, never the other way round; so whoever adds
 * records waits for neither disk nor brokers.
 */
final class Outbox implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final long MEMORY_BYTES = 32 << 20;
  private static final long STORE_BYTES = 4 << 20;
  private static final long TAKE_BYTES = 2 << 20;
  private static final long TICK_MILLIS = 100;
  private static final long STORE_AFTER_NANOS = Duration.ofMillis(500).toNanos();
  private static final long SLOW_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long DISK_RETRY_NANOS = Duration.ofSeconds(5).toNanos();

  private final Spool spool;
  private final boolean mayWait;
  private final ReentrantLock disk = new ReentrantLock();
  private final Deque<Entry> memory = new ArrayDeque<>();
  private final DeliveryLedger ledger = new DeliveryLedger();
  private final List<Discard> untold = new ArrayList<>();
  private final Thread spooler = new Thread(this::spoolUntilClosed, "dnsprism-spooler");
  private long memoryBytes;
  private long nextId;
  private long position;
  private long takenBelow;
  private long storingBelow;
  private long takenNanos = System.nanoTime();
  private long progressNanos = System.nanoTime();
  private long storedNanos = System.nanoTime();
  private long diskFailedNanos;
  private @Nullable SpoolException diskFailure;
  private boolean begun;
  private boolean healthy;
  private boolean hopeless;
  private boolean closed;

  /**
   * Starts where an earlier run left a spool.
   *
   * @param mayWait whether {@link #add} may wait for room
   */
  Outbox(Spool spool, boolean mayWait) {
    this.spool = spool;
    this.mayWait = mayWait;
    nextId = spool.firstId();
    spooler.setDaemon(true);
    spooler.start();
  }

  /** Takes a record, behind all others. */
  synchronized void add(Source source, long seq, byte[] value) {
    ledger.produced(source);
    Entry entry = new Entry(nextId++, source, seq, value);
    memory.addLast(entry);
    memoryBytes += entry.memory();
    notifyAll();
    while (mayWait && memoryBytes > MEMORY_BYTES && !closed && (diskFailure == null || !slow())) {
      if (!pause(TICK_MILLIS)) {
        return;
      }
    }
    if (memoryBytes > MEMORY_BYTES) {
      discardFromMemory();
    }
  }

  /** Waits for a change; false when interrupted. Callers look again whether they have to wait. */
  @SuppressWarnings("WaitNotInLoop")
  private synchronized boolean pause(long millis) {
    try {
      wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Gives up an eighth of the memory, what is being sent or stored left out. */
  private synchronized void discardFromMemory() {
    long enough = MEMORY_BYTES - MEMORY_BYTES / 8;
    for (int precedence = 0; precedence <= Precedence.LAST; precedence++) {
      Iterator<Entry> oldest = memory.iterator();
      while (memoryBytes > enough && oldest.hasNext()) {
        Entry entry = oldest.next();
        if (entry.id() >= Math.max(takenBelow, storingBelow)
            && Precedence.of(entry.source().kind()) == precedence) {
          oldest.remove();
          memoryBytes -= entry.memory();
          long seq = entry.seq();
          discard(new Discard(entry.source(), seq, seq, Discard.Cause.DISK_FULL));
        }
      }
    }
  }

  private void discard(Discard discard) {
    ledger.discarded(discard);
    for (int i = untold.size() - 1; i >= 0; i--) {
      if (untold.get(i).continuedBy(discard)) {
        untold.set(i, untold.get(i).with(discard));
        return;
      }
    }
    untold.add(discard);
  }

  /** Whether the brokers take nothing, or take long over what they were given. */
  private boolean slow() {
    boolean waiting = takenBelow > position;
    return !healthy || (waiting && System.nanoTime() - takenNanos > SLOW_NANOS);
  }

  private void spoolUntilClosed() {
    while (true) {
      synchronized (this) {
        while (!closed && !mustStore()) {
          if (!pause(TICK_MILLIS)) {
            return;
          }
        }
        if (closed) {
          return;
        }
      }
      store(STORE_BYTES);
    }
  }

  private boolean mustStore() {
    long now = System.nanoTime();
    if (memory.isEmpty() || (diskFailure != null && now - diskFailedNanos < DISK_RETRY_NANOS)) {
      return false;
    }
    boolean due = memoryBytes > STORE_BYTES || now - storedNanos > STORE_AFTER_NANOS;
    return slow() ? due : !mayWait && memoryBytes > MEMORY_BYTES / 2;
  }

  /** Moves the oldest records in memory to the disk. */
  private void store(long mostBytes) {
    disk.lock();
    try {
      List<Entry> batch;
      synchronized (this) {
        batch = oldestInMemory(mostBytes);
        storingBelow = below(batch);
      }
      List<Discard> discards = spool.append(batch, takenBelow());
      synchronized (this) {
        batch.forEach(entry -> ledger.onDisk(entry.source(), 1));
        for (Discard discard : discards) {
          ledger.onDisk(discard.source(), -discard.count());
          ledger.discarded(discard);
        }
        removeFromMemory(storingBelow);
        diskFailure = null;
      }
    } catch (SpoolException e) {
      LOG.warn("records stay in memory", e);
      synchronized (this) {
        diskFailure = e;
        diskFailedNanos = System.nanoTime();
      }
    } finally {
      synchronized (this) {
        storingBelow = 0;
        storedNanos = System.nanoTime();
        notifyAll();
      }
      disk.unlock();
    }
  }

  private synchronized long takenBelow() {
    return takenBelow;
  }

  private synchronized List<Entry> oldestInMemory(long mostBytes) {
    List<Entry> oldest = new ArrayList<>();
    long bytes = 0;
    for (Entry entry : memory) {
      if (bytes >= mostBytes) {
        break;
      }
      oldest.add(entry);
      bytes += entry.memory();
    }
    return oldest;
  }

  private synchronized void removeFromMemory(long below) {
    while (!memory.isEmpty() && memory.getFirst().id() < below) {
      memoryBytes -= memory.removeFirst().memory();
    }
  }

  private static long below(List<Entry> entries) {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).id() + 1;
  }

  /**
   * Connected for the first time: what was sent before is forgotten, what was set apart is tried
   * again.
   *
   * @param sentBelow records with smaller ids have been acknowledged
   */
  void begin(long sentBelow) throws SpoolException {
    disk.lock();
    try {
      synchronized (this) {
        position = sentBelow;
        takenBelow = sentBelow;
      }
      spool.sentBelow(sentBelow);
      long aside = spool.asideCount();
      if (aside > 0) {
        store(Long.MAX_VALUE); // what is taken back comes behind what is there
        spool.takeBackAside(reserve(aside));
      }
      synchronized (this) {
        begun = true;
      }
    } finally {
      disk.unlock();
    }
  }

  private synchronized long reserve(long ids) {
    nextId += ids;
    return nextId - ids;
  }

  /** Waits for records; the oldest that have not been acknowledged, empty once this is closed. */
  List<Entry> take() throws SpoolException {
    while (true) {
      List<Entry> entries = tryTake();
      synchronized (this) {
        if (!entries.isEmpty() || closed || !pause(TICK_MILLIS)) {
          return entries;
        }
      }
    }
  }

  private List<Entry> tryTake() throws SpoolException {
    disk.lock();
    try {
      List<Entry> entries = spool.bytes() > 0 ? spool.oldest(TAKE_BYTES) : List.of();
      synchronized (this) {
        if (closed) {
          return List.of();
        }
        entries = entries.isEmpty() ? oldestInMemory(TAKE_BYTES) : entries;
        if (!entries.isEmpty()) {
          takenBelow = below(entries);
          takenNanos = System.nanoTime();
        }
        return entries;
      }
    } finally {
      disk.unlock();
    }
  }

  /** What was given up and has to be told, at most so many. */
  List<Discard> untold(int most) throws SpoolException {
    List<Discard> discards = new ArrayList<>(spool.discards());
    synchronized (this) {
      discards.addAll(untold);
    }
    return discards.subList(0, Math.min(most, discards.size()));
  }

  /**
   * The brokers have acknowledged all that was taken.
   *
   * @param entries what was taken
   * @param aside those of them that were set apart instead
   * @param told discards that were told with them
   */
  void acknowledged(List<Entry> entries, List<Entry> aside, List<Discard> told) {
    disk.lock();
    try {
      synchronized (this) {
        long firstInMemory = memory.isEmpty() ? Long.MAX_VALUE : memory.getFirst().id();
        for (Entry entry : entries) {
          boolean kept = aside.contains(entry);
          boolean onDisk = entry.id() < firstInMemory;
          if (!kept) {
            ledger.acknowledged(entry.source());
          }
          ledger.onDisk(entry.source(), (kept ? 1 : 0) - (onDisk ? 1 : 0));
        }
        position = below(entries);
        removeFromMemory(position);
        untold.removeAll(told);
        healthy = true;
        progressNanos = System.nanoTime();
        notifyAll();
      }
      spool.sentBelow(position());
      spool.told(told);
    } catch (SpoolException e) {
      LOG.warn("sent records stay on the disk for now", e);
    } finally {
      disk.unlock();
    }
  }

  private synchronized boolean begun() {
    return begun;
  }

  private synchronized long position() {
    return position;
  }

  /** Sets a record apart that the brokers refuse; it has been taken. */
  void setAside(Entry entry) throws SpoolException {
    spool.setAside(entry);
  }

  /** The brokers can be reached. */
  synchronized void connected() {
    healthy = true;
    hopeless = false;
    takenBelow = position;
  }

  /**
   * The brokers have not taken what was taken last.
   *
   * @param forGood whether they will not, however long one waits
   */
  synchronized void failed(boolean forGood) {
    healthy = false;
    hopeless = forGood;
    notifyAll();
  }

  /** What became of this process's records so far, by kind. */
  synchronized Map<String, Delivery> delivery() {
    Map<Source, Long> inMemory = new HashMap<>();
    memory.forEach(entry -> inMemory.merge(entry.source(), 1L, Long::sum));
    return ledger.delivery(inMemory);
  }

  /**
   * Waits until nothing is left that could be sent, or the brokers have taken nothing for a while.
   *
   * @return whether nothing is left
   */
  boolean awaitEmpty(Duration patience) throws SpoolException {
    synchronized (this) {
      progressNanos = healthy ? System.nanoTime() : progressNanos;
    }
    while (!closed()) {
      boolean stored = spool.hasNext() || (!begun() && spool.asideCount() > 0);
      synchronized (this) {
        if (memory.isEmpty() && !stored) {
          return true;
        }
        boolean given = hopeless || System.nanoTime() - progressNanos > patience.toNanos();
        if (given || !pause(TICK_MILLIS)) {
          return false;
        }
      }
    }
    return false;
  }

  /** Writes to the disk what is in memory; returns how many records found no room there. */
  long keep() {
    disk.lock();
    try {
      store(Long.MAX_VALUE);
      synchronized (this) {
        return memory.size();
      }
    } finally {
      disk.unlock();
    }
  }

  synchronized boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      spooler.join();
      if (!memory.isEmpty()) {
        store(Long.MAX_VALUE); // a run that ends early: the next one sends it
      }
      for (Discard discard : untold) {
        spool.note(discard);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SpoolException e) {
      LOG.warn("what was given up will not be told", e);
    }
    spool.close();
  }
}
