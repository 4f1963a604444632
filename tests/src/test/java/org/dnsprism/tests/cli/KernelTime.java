// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * While it is open the kernel stamps each frame once, when it comes in, so that all who capture it
 * see the same time; otherwise it asks the clock for each of them (SO_TIMESTAMPNS, socket(7)).
 */
final class KernelTime implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPNS = 35;

  static {
    Native.register(KernelTime.class, "c");
  }

  private final int socket;

  KernelTime() {
    socket = socket(AF_INET, SOCK_DGRAM, 0);
    Memory on = new Memory(Integer.BYTES);
    on.setInt(0, 1);
    setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, on, Integer.BYTES);
  }

  private static native int socket(int domain, int type, int protocol) throws LastErrorException;

  private static native int setsockopt(int socket, int level, int option, Pointer value, int length)
      throws LastErrorException;

  private static native int close(int socket) throws LastErrorException;

  @Override
  public void close() {
    close(socket);
  }
}
