// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

/**
 * What the bytes at the walk's position are to be read as. Layers are small ints on the packet
 * road; a walk that is over gives {@link #end} of its status, which is negative.
 */
final class Layer {
  static final int ETHERNET = 0;
  static final int ETHER_TYPE = 1;
  static final int IP = 2;
  static final int IPV4 = 3;
  static final int IPV6 = 4;
  static final int IP_PROTOCOL = 5;
  static final int MPLS = 6;
  static final int PPPOE = 7;
  static final int PPP = 8;
  static final int LLC = 9;
  static final int NULL_LOOP = 10;
  static final int SLL = 11;
  static final int SLL2 = 12;
  static final int CISCO_HDLC = 13;
  static final int IEEE80211 = 14;
  static final int RADIOTAP = 15;
  static final int NFLOG = 16;
  static final int PPI = 17;
  static final int PPP_DIRECTION = 18;
  static final int PKTAP = 19;
  static final int FDDI = 20;
  static final int FRAME_RELAY = 21;
  static final int ARCNET = 22;
  static final int ARCNET_LINUX = 23;
  static final int FIREWIRE = 24;

  private static final DecodeStatus[] STATUSES = DecodeStatus.values();

  private Layer() {}

  /** The code of a walk that ends with a status. */
  static int end(DecodeStatus status) {
    return ~status.ordinal();
  }

  /** The status of a code of {@link #end}. */
  static DecodeStatus status(int code) {
    return STATUSES[~code];
  }
}
