// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.dnsprism.classifier.verdict.Confidence;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.Tunnel;

/**
 * The word of a flow that holds its verdict and what its first packet was wrapped in.
 *
 * <pre>
 *  bits  0-3   transport          8-11  tunnel            20-31  inner VLAN
 *        4-5   confidence        12-13  VLAN tags kept    32-43  outer VLAN
 *        6-7   role              14     IP version 6      44-63  endpoint + 1
 * </pre>
 */
final class VerdictWord {
  private static final Transport[] TRANSPORTS = Transport.values();
  private static final Confidence[] CONFIDENCES = Confidence.values();
  private static final Role[] ROLES = Role.values();
  private static final Tunnel[] TUNNELS = Tunnel.values();
  private static final long ROLE_MASK = 3L << 6;
  private static final int IP_VERSION_6 = 1 << 14;
  private static final int ENDPOINT_SHIFT = 44;

  private VerdictWord() {}

  /** The word of a new flow: other traffic, low confidence, wrapped as the packet is. */
  static long of(Packet packet) {
    long word =
        Transport.OTHER.ordinal()
            | (long) Role.UNKNOWN.ordinal() << 6
            | (long) packet.tunnel().ordinal() << 8
            | (long) packet.vlanCount() << 12
            | (packet.ipVersion() == 6 ? IP_VERSION_6 : 0);
    if (packet.vlanCount() > 0) {
      word |= (long) packet.vlan(0) << 32;
    }
    if (packet.vlanCount() > 1) {
      word |= (long) packet.vlan(1) << 20;
    }
    return word;
  }

  static Transport transport(long word) {
    return TRANSPORTS[(int) word & 15];
  }

  static Confidence confidence(long word) {
    return CONFIDENCES[(int) (word >>> 4) & 3];
  }

  static Role role(long word) {
    return ROLES[(int) (word >>> 6) & 3];
  }

  static Tunnel tunnel(long word) {
    return TUNNELS[(int) (word >>> 8) & 15];
  }

  static int vlanCount(long word) {
    return (int) (word >>> 12) & 3;
  }

  static int vlan(long word, int index) {
    return (int) (word >>> (index == 0 ? 32 : 20)) & 0xfff;
  }

  static int ipVersion(long word) {
    return (word & IP_VERSION_6) != 0 ? 6 : 4;
  }

  /** Index in the endpoint list, or -1. */
  static int endpoint(long word) {
    return (int) (word >>> ENDPOINT_SHIFT) - 1;
  }

  static long withVerdict(long word, Transport transport, Confidence confidence) {
    return (word & ~0x3fL) | transport.ordinal() | (long) confidence.ordinal() << 4;
  }

  static long withRole(long word, Role role) {
    return (word & ~ROLE_MASK) | (long) role.ordinal() << 6;
  }

  static long withEndpoint(long word, int endpoint) {
    return (word & ((1L << ENDPOINT_SHIFT) - 1)) | ((long) (endpoint + 1) << ENDPOINT_SHIFT);
  }
}
