// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * How much a terminal shows now.
 *
 * @param rows lines, 1 or more
 * @param columns characters of a line, 1 or more
 */
record TerminalSize(int rows, int columns) {
  private static final TerminalSize USUAL = new TerminalSize(24, 80);
  private static final long GET_WINDOW_SIZE = 0x5413; // TIOCGWINSZ on x86 and Arm
  private static final int WINDOW_SIZE_BYTES = 8;

  /** The C library. */
  private static final class Libc {
    static {
      Native.register(Libc.class, "c");
    }

    static native int ioctl(int file, long request, Pointer argument) throws LastErrorException;
  }

  /** Asks the terminal behind a file descriptor; 24 lines of 80 if it does not tell. */
  static TerminalSize of(int descriptor) {
    Memory size = new Memory(WINDOW_SIZE_BYTES);
    try {
      Libc.ioctl(descriptor, GET_WINDOW_SIZE, size);
    } catch (LastErrorException | LinkageError e) {
      return USUAL;
    }
    int rows = size.getShort(0) & 0xffff;
    int columns = size.getShort(2) & 0xffff;
    return rows == 0 || columns == 0 ? USUAL : new TerminalSize(rows, columns);
  }
}
