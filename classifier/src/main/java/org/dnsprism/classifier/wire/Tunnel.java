// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import java.util.Locale;

/** The innermost encapsulation around a packet's IP header. */
public enum Tunnel {
  /** None but Ethernet, VLAN tags or the capture's own link header. */
  NONE,
  /** MPLS label stack (RFC 3032). */
  MPLS,
  /** PPP over Ethernet (RFC 2516). */
  PPPOE,
  /** PPP without Ethernet. */
  PPP,
  /** Generic routing encapsulation (RFC 2784, RFC 2890). */
  GRE,
  /** VXLAN (RFC 7348). */
  VXLAN,
  /** Geneve (RFC 8926). */
  GENEVE,
  /** GTP-U (3GPP TS 29.281). */
  GTPU,
  /** IP in IP (RFC 2003, RFC 2473, RFC 4213). */
  IPIP,
  /** L2TP (RFC 2661, RFC 3931). */
  L2TP,
  /** Teredo (RFC 4380). */
  TEREDO,
  /** LISP (RFC 9300). */
  LISP;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in records. */
  public String label() {
    return label;
  }
}
