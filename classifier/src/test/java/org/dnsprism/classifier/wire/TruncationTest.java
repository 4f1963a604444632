// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hand-made frame cut behind each of its bytes: by the snap length, and on the wire. */
class TruncationTest {
  private static final int OUTER_PORT = 54_321;

  /** Frames that are whole, though without an IP packet, when they end behind so many bytes. */
  private static final Set<String> WHOLE =
      Set.of(
          "netfilter log IPv4 4",
          "netfilter log IPv4 12",
          "netfilter log IPv6 4",
          "GRE of PPTP 50");

  private final Decoding decoding = new Decoding();

  static List<FrameCase> frames() {
    return FrameCases.all();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void headerCutBySnapLengthIsSnapped(FrameCase frame) {
    byte[] bytes = frame.bytes();
    for (int length = 0; length < frame.firstTransportEnd(); length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      DecodeStatus status = decoding.decode(frame.linkType(), cut, bytes.length, 0);
      assertEquals(DecodeStatus.SNAPPED, status, "after " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void headerCutOnTheWireIsShort(FrameCase frame) {
    byte[] bytes = frame.bytes();
    for (int length = 0; length < frame.firstTransportEnd(); length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      DecodeStatus status = decoding.decode(frame.linkType(), cut);
      if (WHOLE.contains(frame.name() + " " + length)) {
        assertEquals(DecodeStatus.Kind.OTHER, status.kind());
      } else {
        assertEquals(DecodeStatus.SHORT, status, "after " + length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void innerHeaderCutIsSnappedOrLeavesTheTunnelsDatagram(FrameCase frame) {
    byte[] bytes = frame.bytes();
    for (int length = frame.firstTransportEnd(); length < frame.innerTransportEnd(); length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      DecodeStatus status = decoding.decode(frame.linkType(), cut, bytes.length, 0);
      if (status == DecodeStatus.TRANSPORT) {
        assertEquals(OUTER_PORT, decoding.packet.sourcePort());
        assertTrue(decoding.packet.capturedPayloadLength() < decoding.packet.payloadLength());
      } else {
        assertEquals(DecodeStatus.SNAPPED, status, "after " + length);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void fiveTupleIsFoundWhereItsHeaderWasCaptured(FrameCase frame) {
    byte[] bytes = frame.bytes();
    Packet packet = decoding.packet;
    for (int length = frame.innerTransportEnd(); length <= bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      DecodeStatus status = decoding.decode(frame.linkType(), cut, bytes.length, 0);
      assertEquals(DecodeStatus.TRANSPORT, status, "after " + length);
      assertEquals(frame.inner().sourcePort(), packet.sourcePort());
      assertEquals(frame.inner().payloadLength(), packet.payloadLength());
      int captured = Math.max(0, length - frame.payloadOffset());
      assertEquals(captured, packet.capturedPayloadLength());
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void payloadCutOnTheWireIsAsLongAsWhatCame(FrameCase frame) {
    byte[] bytes = frame.bytes();
    for (int length = frame.payloadOffset(); length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      DecodeStatus status = decoding.decode(frame.linkType(), cut);
      assertEquals(DecodeStatus.TRANSPORT, status, "after " + length);
      if (decoding.packet.sourcePort() != OUTER_PORT) {
        int rest = length - frame.payloadOffset();
        assertEquals(rest, decoding.packet.payloadLength());
        assertEquals(rest, decoding.packet.capturedPayloadLength());
      }
    }
  }
}
