// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.regex.Pattern;

/**
 * A classic BPF program that the kernel runs over each frame of a ring before it takes it
 * (socket-filter in the kernel's documentation): it says how many bytes to keep, 0 for none.
 */
public final class KernelFilter {
  private static final int INSTRUCTION_BYTES = 8;
  private static final int RETURN_CONSTANT = 0x06;
  private static final int PROGRAM_BYTES = 16;
  private static final int INSTRUCTIONS_AT = 8;
  private static final int NETMASK_UNKNOWN = -1;

  /** The kernel takes the tag out of a frame before the filter sees it. */
  private static final Pattern VLAN = Pattern.compile("\\bvlan\\b");

  private final byte[] instructions;

  private KernelFilter(byte[] instructions) {
    this.instructions = instructions;
  }

  /** Keeps the first bytes of every frame. */
  static KernelFilter snap(int snapLength) {
    Memory one = new Memory(INSTRUCTION_BYTES);
    one.setShort(0, (short) RETURN_CONSTANT);
    one.setByte(2, (byte) 0);
    one.setByte(3, (byte) 0);
    one.setInt(4, snapLength);
    return new KernelFilter(one.getByteArray(0, INSTRUCTION_BYTES));
  }

  /**
   * Compiles a filter expression (pcap-filter(7)) with libpcap.
   *
   * @param linkType of the interface, see {@link org.dnsprism.capture.LinkType}
   * @param snapLength most bytes to keep of a frame that passes
   * @throws IllegalArgumentException when it is no filter, or speaks of VLAN tags, which the kernel
   *     keeps apart from the frame
   * @throws IllegalStateException when libpcap is not installed
   */
  public static KernelFilter compile(String expression, int linkType, int snapLength) {
    if (VLAN.matcher(expression).find()) {
      throw new IllegalArgumentException(
          "a filter on an interface cannot use 'vlan': the kernel keeps tags apart from frames, and"
              + " tagged frames match without it");
    }
    LibPcap pcap = load();
    Pointer handle = pcap.pcap_open_dead(linkType, snapLength);
    try {
      return compile(pcap, handle, expression);
    } finally {
      pcap.pcap_close(handle);
    }
  }

  private static LibPcap load() {
    try {
      return LibPcap.load();
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException("filters need libpcap; install the package libpcap0.8", e);
    }
  }

  private static KernelFilter compile(LibPcap pcap, Pointer handle, String expression) {
    Memory program = new Memory(PROGRAM_BYTES);
    if (pcap.pcap_compile(handle, program, expression, 1, NETMASK_UNKNOWN) != 0) {
      throw new IllegalArgumentException(
          "'%s' is no filter: %s".formatted(expression, pcap.pcap_geterr(handle)));
    }
    try {
      int length = program.getInt(0);
      Pointer code = program.getPointer(INSTRUCTIONS_AT);
      return new KernelFilter(code.getByteArray(0, length * INSTRUCTION_BYTES));
    } finally {
      pcap.pcap_freecode(program);
    }
  }

  /** Instructions in the program. */
  int length() {
    return instructions.length / INSTRUCTION_BYTES;
  }

  /** The program as setsockopt(2) takes it: struct sock_fprog; valid while the result is kept. */
  Memory program() {
    Memory memory = new Memory(PROGRAM_BYTES + (long) instructions.length);
    memory.write(PROGRAM_BYTES, instructions, 0, instructions.length);
    memory.setShort(0, (short) length());
    memory.setPointer(INSTRUCTIONS_AT, memory.share(PROGRAM_BYTES));
    return memory;
  }
}
