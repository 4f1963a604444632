// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.capture.CapturePermissionException;
import org.dnsprism.capture.FrameHandler;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.SourceLedger;

/**
 * The frames of one or more interfaces, or one thread's share of them: a source without an end
 * until it is told to {@link #stop}. Each interface has a ring of its own; frames of one ring come
 * in order, those of several almost.
 */
public final class RingSource implements FrameSource {
  private static final int POLL_BYTES = 8;
  private static final int ANY_PROCESSOR = -1;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final List<Tap> taps;
  private final RingSettings settings;
  private final Memory polled;
  private int turn;
  private boolean shut;
  private int processor = ANY_PROCESSOR;
  private long drainedNanos;
  private volatile boolean stopped;

  private RingSource(List<Tap> taps, RingSettings settings) {
    this.taps = taps;
    this.settings = settings;
    polled = new Memory((long) POLL_BYTES * taps.size());
  }

  /**
   * Opens interfaces for several threads; the kernel gives all packets of a flow to one of them.
   *
   * @param interfaces their names, at least one
   * @param threads how many sources to make, 1 or more
   * @param settings of each ring
   * @throws CapturePermissionException without the privilege to capture
   * @throws java.nio.file.NoSuchFileException when there is no interface of a name
   * @throws IOException when the system refuses, with the reason
   */
  public static List<RingSource> open(List<String> interfaces, int threads, RingSettings settings)
      throws IOException {
    List<FanoutGroup> groups = new ArrayList<>();
    interfaces.forEach(name -> groups.add(new FanoutGroup(threads, settings.ignoreOutgoing())));
    List<RingSource> sources = new ArrayList<>();
    List<Tap> open = new ArrayList<>();
    try {
      for (int thread = 0; thread < threads; thread++) {
        List<Tap> taps = new ArrayList<>();
        for (int i = 0; i < interfaces.size(); i++) {
          Tap tap = new Tap(interfaces.get(i), settings, groups.get(i));
          open.add(tap);
          taps.add(tap);
        }
        sources.add(new RingSource(taps, settings));
      }
      return sources;
    } catch (IOException | RuntimeException e) {
      open.forEach(Tap::close);
      throw e;
    }
  }

  /**
   * {@inheritDoc} Waits for frames as long as the settings say when none are ready, and after
   * {@link #stop} delivers what the rings still have.
   *
   * @throws CapturePermissionException when an interface was away and may not be captured from now
   * @throws IOException when the thread may not run where it is pinned to
   */
  @Override
  public int poll(FrameHandler handler, int limit) throws IOException {
    if (processor >= 0) {
      Processors.pin(processor);
      processor = ANY_PROCESSOR;
    }
    if (stopped && !shut) {
      shut();
    }
    int count = pollTaps(handler, limit);
    if (count > 0) {
      return count;
    }
    if (shut && System.nanoTime() - drainedNanos >= 0) {
      return END;
    }
    await();
    return 0;
  }

  private int pollTaps(FrameHandler handler, int limit) {
    for (int i = 0; i < taps.size(); i++) {
      turn = turn + 1 < taps.size() ? turn + 1 : 0;
      int count = taps.get(turn).poll(handler, limit);
      if (count > 0) {
        return count;
      }
    }
    return 0;
  }

  /** Stops taking frames in; blocks that are not full yet are handed over when their time is up. */
  private void shut() {
    taps.forEach(Tap::shut);
    shut = true;
    drainedNanos = System.nanoTime() + 3L * settings.blockMillis() * NANOS_PER_MILLI;
  }

  private void await() throws CapturePermissionException {
    for (int i = 0; i < taps.size(); i++) {
      polled.setInt((long) POLL_BYTES * i, taps.get(i).file());
      polled.setShort((long) POLL_BYTES * i + 4, (short) PacketMmap.POLL_IN);
      polled.setShort((long) POLL_BYTES * i + 6, (short) 0);
    }
    try {
      Libc.poll(polled, taps.size(), settings.waitMillis());
    } catch (LastErrorException e) {
      if (e.getErrorCode() != PacketMmap.EINTR) {
        throw e;
      }
    }
    long now = System.nanoTime();
    for (int i = 0; i < taps.size(); i++) {
      if ((polled.getShort((long) POLL_BYTES * i + 6) & PacketMmap.POLL_ERROR) != 0) {
        taps.get(i).fail(now);
      }
      taps.get(i).heal(now);
    }
  }

  /** {@inheritDoc} Of the fullest ring. */
  @Override
  public double backlog() {
    double fullest = 0;
    for (Tap tap : taps) {
      fullest = Math.max(fullest, tap.fill());
    }
    return fullest;
  }

  /** Lets the thread that polls run on one processor alone; before its first poll. */
  public void pinTo(int number) {
    processor = number;
  }

  /** Ends the source; may be called by any thread, again and again. */
  public void stop() {
    stopped = true;
  }

  /** {@inheritDoc} Of all interfaces; only for the thread that polls. */
  @Override
  public SourceLedger ledger() {
    SourceLedger sum = SourceLedger.NOTHING;
    for (Tap tap : taps) {
      sum = sum.plus(tap.ledger());
    }
    return sum;
  }

  @Override
  public void close() {
    taps.forEach(Tap::close);
  }
}
