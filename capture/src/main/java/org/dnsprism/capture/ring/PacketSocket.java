// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import static org.dnsprism.capture.ring.PacketMmap.*;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.dnsprism.capture.CapturePermissionException;

/** A packet socket on one interface with its ring in memory (packet(7)). Not thread-safe. */
final class PacketSocket implements Closeable {
  private static final int RING_REQUEST_BYTES = 28;
  private static final int STATISTICS_BYTES = 12;
  private static final int MEMBERSHIP_BYTES = 16;
  private static final int ADDRESS_BYTES = 20;
  private static final int FRAME_BYTES = 2048; // only bounds a count: frames of V3 have any length

  private final LinkDevice device;
  private final int file;
  private final Memory statistics = new Memory(STATISTICS_BYTES);
  private final Memory number = new Memory(Integer.BYTES);
  private final Memory length = new Memory(Integer.BYTES);
  private Pointer ring = Pointer.NULL;
  private long ringBytes;

  private PacketSocket(LinkDevice device, int file) {
    this.device = device;
    this.file = file;
  }

  /**
   * Opens a socket; frames come once it is bound.
   *
   * @throws CapturePermissionException without the capability CAP_NET_RAW
   * @throws IOException when the system refuses, with the reason
   */
  static PacketSocket open(LinkDevice device, RingSettings settings) throws IOException {
    PacketSocket socket;
    try {
      // Protocol 0: nothing is taken before the filter and the ring are there.
      socket = new PacketSocket(device, Libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
    } catch (LastErrorException e) {
      throw failure(device, "open a packet socket", e);
    }
    try {
      socket.prepare(settings);
    } catch (LastErrorException e) {
      socket.close();
      throw failure(device, "make a ring of %,d bytes".formatted(bytes(settings)), e);
    }
    return socket;
  }

  private static long bytes(RingSettings settings) {
    return (long) settings.blockBytes() * settings.blocks();
  }

  private void prepare(RingSettings settings) {
    setInt(SOL_PACKET, PACKET_VERSION, TPACKET_V3);
    KernelFilter filter = settings.filter();
    attach(filter == null ? KernelFilter.snap(settings.snapLength()) : filter);
    if (settings.hardwareTime()) {
      setInt(SOL_PACKET, PACKET_TIMESTAMP, RAW_HARDWARE_TIME);
    }
    if (settings.ignoreOutgoing()) {
      setIfKnown(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    }
    if (settings.busyPollMicros() > 0) {
      setInt(SOL_SOCKET, SO_BUSY_POLL, settings.busyPollMicros());
    }
    makeRing(settings);
    if (settings.promiscuous()) {
      joinPromiscuous();
    }
  }

  private void makeRing(RingSettings settings) {
    Memory request = new Memory(RING_REQUEST_BYTES);
    request.clear();
    request.setInt(0, settings.blockBytes());
    request.setInt(4, settings.blocks());
    request.setInt(8, FRAME_BYTES);
    request.setInt(12, settings.blockBytes() / FRAME_BYTES * settings.blocks());
    request.setInt(16, settings.blockMillis());
    set(SOL_PACKET, PACKET_RX_RING, request);
    ring = Libc.mmap(Pointer.NULL, bytes(settings), PROT_READ_WRITE, MAP_SHARED, file, 0);
    ringBytes = bytes(settings);
  }

  private void joinPromiscuous() {
    Memory membership = new Memory(MEMBERSHIP_BYTES);
    membership.clear();
    membership.setInt(0, device.index());
    membership.setShort(4, (short) MEMBERSHIP_PROMISCUOUS);
    set(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership);
  }

  /** Replaces the filter. */
  void attach(KernelFilter filter) {
    Memory program = filter.program();
    Libc.setsockopt(file, SOL_SOCKET, SO_ATTACH_FILTER, program, 16);
  }

  /** From now on frames come. */
  void bind() throws IOException {
    Memory address = new Memory(ADDRESS_BYTES);
    address.clear();
    address.setShort(0, (short) AF_PACKET);
    address.setByte(2, (byte) (ETH_P_ALL >>> 8));
    address.setByte(3, (byte) ETH_P_ALL);
    address.setInt(4, device.index());
    try {
      Libc.bind(file, address, ADDRESS_BYTES);
    } catch (LastErrorException e) {
      throw failure(device, "bind", e);
    }
  }

  /**
   * Shares the frames of the interface with other sockets, by flow. Only after {@link #bind}.
   *
   * @param group number of the sockets' group, or -1 for a new one
   * @param ignoreOutgoing whether the group leaves out what this host sends: its sockets' own
   *     option does not count in it
   * @return number of the group
   */
  int join(int group, boolean ignoreOutgoing) throws IOException {
    int how = FANOUT_HASH | FANOUT_DEFRAGMENT;
    how |= group < 0 ? FANOUT_UNIQUE_ID : 0;
    how |= ignoreOutgoing ? FANOUT_IGNORE_OUTGOING : 0;
    try {
      setInt(SOL_PACKET, PACKET_FANOUT, Math.max(group, 0) | how << 16);
      return getInt(SOL_PACKET, PACKET_FANOUT) & 0xffff;
    } catch (LastErrorException e) {
      throw failure(device, "share frames between threads", e);
    }
  }

  /** The ring, in the byte order of the host. */
  ByteBuffer memory() {
    return ring.getByteBuffer(0, ringBytes).order(ByteOrder.nativeOrder());
  }

  /** The number of the socket for poll(2). */
  int file() {
    return file;
  }

  /** An error that came up since the last call, or 0. */
  int takeError() {
    return getInt(SOL_SOCKET, SO_ERROR);
  }

  /**
   * What happened since the last call: frames offered, frames dropped, how often the ring was full.
   *
   * @return three unsigned ints, overwritten by the next call
   */
  Memory takeStatistics() {
    length.setInt(0, STATISTICS_BYTES);
    Libc.getsockopt(file, SOL_PACKET, PACKET_STATISTICS, statistics, length);
    return statistics;
  }

  private void setIfKnown(int level, int option, int value) {
    try {
      setInt(level, option, value);
    } catch (LastErrorException e) {
      if (e.getErrorCode() != ENOPROTOOPT) {
        throw e; // only kernels before 4.20 do not know the option
      }
    }
  }

  private void setInt(int level, int option, int value) {
    number.setInt(0, value);
    set(level, option, number);
  }

  private void set(int level, int option, Memory value) {
    Libc.setsockopt(file, level, option, value, (int) value.size());
  }

  private int getInt(int level, int option) {
    length.setInt(0, Integer.BYTES);
    Libc.getsockopt(file, level, option, number, length);
    return number.getInt(0);
  }

  private static IOException failure(LinkDevice device, String what, LastErrorException e) {
    int code = e.getErrorCode();
    if (code == EPERM || code == EACCES) {
      return new CapturePermissionException(
          "capturing from %s needs the capability CAP_NET_RAW".formatted(device.name()));
    }
    return new IOException(
        "interface %s: cannot %s: %s".formatted(device.name(), what, e.getMessage()), e);
  }

  @Override
  public void close() {
    if (ringBytes > 0) {
      Libc.munmap(ring, ringBytes);
      ringBytes = 0;
    }
    Libc.close(file);
  }
}
