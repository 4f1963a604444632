// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture;

/** LINKTYPE numbers as capture files carry them (the tcpdump.org link-layer header type list). */
public final class LinkType {
  /** BSD loopback: address family in the byte order of the host that captured. */
  public static final int NULL = 0;

  /** IEEE 802.3 Ethernet. */
  public static final int ETHERNET = 1;

  /** PPP in HDLC-like framing, or without it. */
  public static final int PPP = 9;

  /** PPP in HDLC-like framing (RFC 1662). */
  public static final int PPP_HDLC = 50;

  /** PPPoE session header without the Ethernet header before it (RFC 2516). */
  public static final int PPP_ETHER = 51;

  /** Raw IPv4 or IPv6. */
  public static final int RAW = 101;

  /** Raw IP as BSD systems numbered it in older files. */
  public static final int RAW_BSD = 12;

  /** Raw IP as OpenBSD numbered it. */
  public static final int RAW_OPENBSD = 14;

  /** OpenBSD loopback: address family in network byte order. */
  public static final int LOOP = 108;

  /** Linux cooked capture, version 1. */
  public static final int LINUX_SLL = 113;

  /** Raw IPv4. */
  public static final int IPV4 = 228;

  /** Raw IPv6. */
  public static final int IPV6 = 229;

  /** Linux cooked capture, version 2. */
  public static final int LINUX_SLL2 = 276;

  private LinkType() {}
}
