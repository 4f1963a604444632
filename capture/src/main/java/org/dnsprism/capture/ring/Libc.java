// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The system calls of packet sockets, as the C library of 64-bit Linux offers them. */
final class Libc {
  static {
    Native.register(Libc.class, "c");
  }

  private Libc() {}

  /** socket(2). */
  static native int socket(int domain, int type, int protocol) throws LastErrorException;

  /** setsockopt(2). */
  static native int setsockopt(int socket, int level, int option, Pointer value, int length)
      throws LastErrorException;

  /** getsockopt(2); {@code length} points to an int, in and out. */
  static native int getsockopt(int socket, int level, int option, Pointer value, Pointer length)
      throws LastErrorException;

  /** bind(2). */
  static native int bind(int socket, Pointer address, int length) throws LastErrorException;

  /** mmap(2). */
  static native Pointer mmap(
      Pointer address, long length, int protection, int flags, int file, long offset)
      throws LastErrorException;

  /** munmap(2). */
  static native int munmap(Pointer address, long length) throws LastErrorException;

  /** poll(2). */
  static native int poll(Pointer files, long count, int timeoutMillis) throws LastErrorException;

  /** sched_setaffinity(2); thread 0 is the calling one. */
  static native int sched_setaffinity(int thread, long length, Pointer mask)
      throws LastErrorException;

  /** close(2). */
  static native int close(int file) throws LastErrorException;
}
