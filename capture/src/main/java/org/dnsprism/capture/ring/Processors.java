// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processors of this host, by the numbers of the kernel. */
public final class Processors {
  private static final Path ALL = Path.of("/sys/devices/system/cpu");
  private static final int MASK_BYTES = 128;

  /** Processors have numbers below this. */
  private static final int MOST = MASK_BYTES * Byte.SIZE;

  private Processors() {}

  /** Whether there is one of this number. */
  public static boolean exists(int number) {
    return number >= 0 && number < MOST && Files.isDirectory(ALL.resolve("cpu" + number));
  }

  /**
   * Lets the calling thread run on one processor alone (sched_setaffinity(2)).
   *
   * @throws IOException when that is not allowed to it
   */
  static void pin(int number) throws IOException {
    Memory mask = new Memory(MASK_BYTES);
    mask.clear();
    mask.setByte(number / Byte.SIZE, (byte) (1 << number % Byte.SIZE));
    try {
      Libc.sched_setaffinity(0, MASK_BYTES, mask);
    } catch (LastErrorException e) {
      throw new IOException("cannot run on processor %d: %s".formatted(number, e.getMessage()), e);
    }
  }
}
