// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A capture that is made byte by byte, and knows which frames it holds and where records end. */
abstract class CaptureBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<TestFrame> frames = new ArrayList<>();
  private final NavigableMap<Integer, Integer> framesByEnd = new TreeMap<>();

  /** The whole capture. */
  final byte[] bytes() {
    return out.toByteArray();
  }

  /** What must be read from it. */
  final List<TestFrame> frames() {
    return List.copyOf(frames);
  }

  /** Ends of the header and of all records or blocks, with the frames that stand before each. */
  final NavigableMap<Integer, Integer> framesByEnd() {
    return framesByEnd;
  }

  /** Writes so many bytes in one byte order. */
  final ByteBuffer room(int length, ByteOrder order) {
    return ByteBuffer.allocate(length).order(order);
  }

  final void append(ByteBuffer written) {
    byte[] bytes = new byte[written.position()];
    written.get(0, bytes);
    out.writeBytes(bytes);
    framesByEnd.put(out.size(), frames.size());
  }

  final void append(ByteBuffer written, TestFrame expected) {
    frames.add(expected);
    append(written);
  }
}
