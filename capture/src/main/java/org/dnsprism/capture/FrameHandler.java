// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture;

import io.netty.buffer.ByteBuf;

/** Receives the frames of a {@link FrameSource}, one call each, in the order of the source. */
@FunctionalInterface
public interface FrameHandler {
  /** The value of {@code vlanTag} for a frame whose tags, if any, are all in its bytes. */
  int NO_VLAN_TAG = -1;

  /**
   * Takes one frame. The bytes stay valid and unchanged until the {@link FrameSource#poll} that
   * delivered them is called again, so that a handler may collect a batch before it works on it.
   *
   * @param buffer the bytes; the handler reads by absolute index and neither keeps nor releases it
   * @param offset index of the first byte of the frame
   * @param capturedLength bytes present in the buffer, 0 or more
   * @param wireLength bytes that the frame had on the wire; at least {@code capturedLength}
   * @param timeNanos time stamp in nanoseconds since 1970-01-01T00:00:00Z
   * @param linkType the LINKTYPE number of the frame, see {@link LinkType}
   * @param vlanTag 802.1Q tag control information that a capture ring took out of the frame (0 to
   *     65535), or {@link #NO_VLAN_TAG}
   */
  void onFrame(
      ByteBuf buffer,
      int offset,
      int capturedLength,
      int wireLength,
      long timeNanos,
      int linkType,
      int vlanTag);
}
