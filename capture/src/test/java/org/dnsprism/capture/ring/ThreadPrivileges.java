// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Takes the capability CAP_NET_RAW from the calling thread alone, until closed (capset(2)). */
final class ThreadPrivileges implements AutoCloseable {
  private static final int VERSION_3 = 0x20080522;
  private static final int NET_RAW = 1 << 13;
  private static final int SETS_BYTES = 2 * 3 * Integer.BYTES;

  static {
    Native.register(ThreadPrivileges.class, "c");
  }

  private final Memory header = new Memory(2 * Integer.BYTES);
  private final Memory sets = new Memory(SETS_BYTES);

  private ThreadPrivileges() {
    header.setInt(0, VERSION_3);
    header.setInt(Integer.BYTES, 0); // this thread
    capget(header, sets);
  }

  private static native int capget(Pointer header, Pointer sets) throws LastErrorException;

  private static native int capset(Pointer header, Pointer sets) throws LastErrorException;

  static ThreadPrivileges dropNetRaw() {
    ThreadPrivileges before = new ThreadPrivileges();
    ThreadPrivileges without = new ThreadPrivileges();
    without.sets.setInt(0, without.sets.getInt(0) & ~NET_RAW); // the effective set
    capset(without.header, without.sets);
    return before;
  }

  @Override
  public void close() {
    capset(header, sets);
  }

  @Override
  public String toString() {
    return "effective capabilities before: %x".formatted(sets.getInt(0));
  }
}
