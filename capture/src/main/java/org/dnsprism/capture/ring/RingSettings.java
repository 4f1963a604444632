// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import org.jspecify.annotations.Nullable;

/**
 * How an interface is captured.
 *
 * @param blockBytes bytes of a block, a power of two and at least a page and a frame; the kernel
 *     hands over whole blocks
 * @param blocks blocks of a ring, 2 or more; {@code blockBytes * blocks} is below 2 GiB
 * @param blockMillis after so long a block that is not full is handed over, 1 to 1000
 * @param waitMillis how long a poll waits for frames, 0 to 1000; 0 never waits
 * @param snapLength most bytes of a frame that are kept, 64 to 262144
 * @param promiscuous whether frames for other stations are taken, as on a mirror port
 * @param ignoreOutgoing whether frames that this host sends are left out
 * @param hardwareTime whether the network card's clock stamps the frames, where it can
 * @param busyPollMicros how long the kernel asks the card again before it sleeps, 0 for never
 * @param filter what the kernel lets through; null for everything
 */
public record RingSettings(
    int blockBytes,
    int blocks,
    int blockMillis,
    int waitMillis,
    int snapLength,
    boolean promiscuous,
    boolean ignoreOutgoing,
    boolean hardwareTime,
    int busyPollMicros,
    @Nullable KernelFilter filter) {
  private static final int PAGE = 4096;
  private static final int MAX_MILLIS = 1000;

  /** The least snap length: what a decoder needs for the headers of plain packets. */
  static final int MIN_SNAP_LENGTH = 64;

  private static final int MAX_SNAP_LENGTH = 1 << 18;

  /** Checks the bounds. */
  public RingSettings {
    check(blockBytes >= PAGE && Integer.bitCount(blockBytes) == 1, "block size", blockBytes);
    check(blocks >= 2 && (long) blockBytes * blocks < 1L << 31, "number of blocks", blocks);
    check(blockMillis >= 1 && blockMillis <= MAX_MILLIS, "block time", blockMillis);
    check(waitMillis >= 0 && waitMillis <= MAX_MILLIS, "waiting time", waitMillis);
    check(
        snapLength >= MIN_SNAP_LENGTH && snapLength <= MAX_SNAP_LENGTH, "snap length", snapLength);
    check(busyPollMicros >= 0, "busy-poll time", busyPollMicros);
  }

  /** Blocks of 1 MiB, 64 of them: half a second of 1 Gbit/s. */
  public static RingSettings defaults() {
    return new RingSettings(1 << 20, 64, 20, 20, MAX_SNAP_LENGTH, true, true, false, 0, null);
  }

  /** With rings of another size. */
  public RingSettings withRing(int bytesOfBlock, int numberOfBlocks) {
    return new RingSettings(
        bytesOfBlock,
        numberOfBlocks,
        blockMillis,
        waitMillis,
        snapLength,
        promiscuous,
        ignoreOutgoing,
        hardwareTime,
        busyPollMicros,
        filter);
  }

  /** With a filter. */
  public RingSettings withFilter(@Nullable KernelFilter other) {
    return new RingSettings(
        blockBytes,
        blocks,
        blockMillis,
        waitMillis,
        snapLength,
        promiscuous,
        ignoreOutgoing,
        hardwareTime,
        busyPollMicros,
        other);
  }

  private static void check(boolean good, String what, int value) {
    if (!good) {
      throw new IllegalArgumentException("impossible " + what + ": " + value);
    }
  }
}
