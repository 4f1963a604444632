// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

/**
 * Numbers and layouts of packet sockets with a TPACKET_V3 ring, as in the kernel's headers {@code
 * linux/if_packet.h} and {@code asm-generic/socket.h}. All integers are in the host's byte order.
 *
 * <pre>
 * block                                 frame in a block (tpacket3_hdr)
 *   0  version                            0  offset of the next frame, from this one; 0: the last
 *   4  offset to private area             4  seconds      8  nanoseconds
 *   8  status                            12  captured length     16  length on the wire
 *  12  number of frames                  20  status
 *  16  offset of the first frame         24  offset of the frame's bytes (mac), 16 bits
 *  20  bytes used                        28  receive hash
 *  24  sequence number, 64 bits          32  VLAN tag control information
 *                                        36  VLAN protocol, 16 bits
 * </pre>
 */
final class PacketMmap {
  static final int AF_PACKET = 17;
  static final int SOCK_RAW = 3;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int ETH_P_ALL = 3;

  static final int SOL_SOCKET = 1;
  static final int SO_ERROR = 4;
  static final int SO_ATTACH_FILTER = 26;
  static final int SO_BUSY_POLL = 46;

  static final int SOL_PACKET = 263;
  static final int PACKET_ADD_MEMBERSHIP = 1;
  static final int PACKET_RX_RING = 5;
  static final int PACKET_STATISTICS = 6;
  static final int PACKET_VERSION = 10;
  static final int PACKET_TIMESTAMP = 17;
  static final int PACKET_FANOUT = 18;
  static final int PACKET_IGNORE_OUTGOING = 23;
  static final int TPACKET_V3 = 2;
  static final int MEMBERSHIP_PROMISCUOUS = 1;
  static final int RAW_HARDWARE_TIME = 1 << 6;

  static final int FANOUT_HASH = 0;
  static final int FANOUT_UNIQUE_ID = 0x2000;
  static final int FANOUT_IGNORE_OUTGOING = 0x4000;
  static final int FANOUT_DEFRAGMENT = 0x8000;

  static final int PROT_READ_WRITE = 3;
  static final int MAP_SHARED = 1;

  static final int BLOCK_STATUS = 8;
  static final int BLOCK_FRAMES = 12;
  static final int BLOCK_FIRST_FRAME = 16;
  static final int STATUS_KERNEL = 0;
  static final int STATUS_USER = 1;

  static final int FRAME_NEXT = 0;
  static final int FRAME_SECONDS = 4;
  static final int FRAME_NANOS = 8;
  static final int FRAME_CAPTURED = 12;
  static final int FRAME_WIRE = 16;
  static final int FRAME_STATUS = 20;
  static final int FRAME_MAC = 24;
  static final int FRAME_VLAN = 32;
  static final int VLAN_VALID = 0x10;

  static final int POLL_IN = 1;
  static final int POLL_ERROR = 8;

  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int ENODEV = 19;
  static final int ENOPROTOOPT = 92;
  static final int ENETDOWN = 100;

  private PacketMmap() {}
}
