// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Who captures on an interface, as the kernel lists it in {@code /proc/net/packet}. */
final class PacketSockets {
  private static final int INTERFACE_COLUMN = 4;
  private static final int RUNNING_COLUMN = 5;
  private static final long PATIENCE_SECONDS = 90;

  private PacketSockets() {}

  /**
   * Sockets that take frames.
   *
   * @param list the kernel's list
   * @param device number of the interface
   */
  static long running(Path list, int device) throws IOException {
    return Files.readAllLines(list, StandardCharsets.UTF_8).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(words -> words[INTERFACE_COLUMN].equals(String.valueOf(device)))
        .filter(words -> words[RUNNING_COLUMN].equals("1"))
        .count();
  }

  /** Waits until so many take frames. */
  static void await(Path list, int device, long number) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (running(list, device) < number) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("nobody captures");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
