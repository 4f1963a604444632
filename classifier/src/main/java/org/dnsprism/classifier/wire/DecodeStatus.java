// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import java.util.Locale;

/**
 * What became of a frame in the packet decoder. Every frame has exactly one status, so that the
 * counters add up to the frames seen.
 */
public enum DecodeStatus {
  /** A TCP or UDP segment or datagram was found and the {@link Packet} is filled. */
  TRANSPORT(Kind.TRANSPORT),
  /** Well-formed, but not IP: ARP, LLDP, PPP control and the like. */
  NOT_IP(Kind.OTHER),
  /** IP with another protocol than TCP or UDP: ICMP, ESP, SCTP and the like. */
  OTHER_PROTOCOL(Kind.OTHER),
  /** An IP fragment that waits for the others of its datagram. */
  FRAGMENT(Kind.OTHER),
  /** A link type that the decoder does not know. */
  LINK_TYPE(Kind.UNDECODABLE),
  /** A header is cut off by the end of the captured bytes though the frame was longer. */
  SNAPPED(Kind.UNDECODABLE),
  /** A header is cut off by the end of the frame or of the packet around it. */
  SHORT(Kind.UNDECODABLE),
  /** A length, version or offset field contradicts the header it stands in. */
  MALFORMED(Kind.UNDECODABLE),
  /** More encapsulation layers or extension headers than the decoder follows. */
  TOO_DEEP(Kind.UNDECODABLE),
  /** A fragment that overlaps another or cannot be part of a valid datagram (RFC 5722). */
  BAD_FRAGMENT(Kind.UNDECODABLE);

  /** The three sides of the frame accounting. */
  public enum Kind {
    /** Goes on to the flow table. */
    TRANSPORT,
    /** Counted as other traffic. */
    OTHER,
    /** Counted as undecodable, by status. */
    UNDECODABLE
  }

  private final Kind kind;
  private final String label = name().toLowerCase(Locale.ROOT);

  DecodeStatus(Kind kind) {
    this.kind = kind;
  }

  /** On which side of the accounting a frame with this status counts. */
  public Kind kind() {
    return kind;
  }

  /** The name in records. */
  public String label() {
    return label;
  }
}
