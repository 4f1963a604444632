// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.dnsprism.capture.LinkType;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.tests.corpus.RunOfCapture;

/**
 * A capture made in memory, frame by frame, and run through the whole program as {@code replay}
 * does it. Each frame comes a millisecond after the one before it, unless a time is given.
 */
final class TrapCapture {
  private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 1_000_000L;

  /** Beginning of a window. */
  static final long START = 1_790_000_000L * SECOND;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private EndpointList endpoints = EndpointList.bundled();
  private final int linkType;
  private boolean dropDuplicates;
  private long timeNanos = START;

  private TrapCapture(int linkType) {
    this.linkType = linkType;
    ByteBuffer header = ByteBuffer.allocate(24).putInt(NANOSECOND_MAGIC).putInt(0x0002_0004);
    bytes.writeBytes(header.putLong(0).putInt(262_144).putInt(linkType).array());
  }

  /** A capture of Ethernet frames; IP packets are enclosed in Ethernet as they are added. */
  static TrapCapture ethernet() {
    return new TrapCapture(LinkType.ETHERNET);
  }

  /** A capture of another link type. */
  static TrapCapture of(int linkType) {
    return new TrapCapture(linkType);
  }

  /** Names operators and resolvers by another list than the bundled one. */
  TrapCapture endpoints(EndpointList list) {
    endpoints = list;
    return this;
  }

  /** Leaves out copies of packets, as {@code --duplicates drop}. */
  TrapCapture dropDuplicates() {
    dropDuplicates = true;
    return this;
  }

  /** Sets the time of the next frame, in nanoseconds since 1970. */
  TrapCapture at(long nanos) {
    timeNanos = nanos;
    return this;
  }

  /** Lets time pass before the next frame. */
  TrapCapture after(long nanos) {
    timeNanos += nanos;
    return this;
  }

  /** Adds IP packets, each in an Ethernet frame if the capture is of Ethernet. */
  TrapCapture packets(List<byte[]> packets) {
    packets.forEach(this::packet);
    return this;
  }

  /** Adds an IP packet, in an Ethernet frame if the capture is of Ethernet. */
  TrapCapture packet(byte... packet) {
    return frame(linkType == LinkType.ETHERNET ? EthernetFrames.of(packet) : packet);
  }

  /** Adds frames as they are. */
  TrapCapture frames(List<byte[]> frames) {
    frames.forEach(this::frame);
    return this;
  }

  /** Adds a frame as it is. */
  TrapCapture frame(byte... frame) {
    return cut(frame.length, frame);
  }

  /** Adds a frame of which at most so many bytes were captured. */
  TrapCapture cut(int snapLength, byte... frame) {
    byte[] captured = Arrays.copyOf(frame, Math.min(snapLength, frame.length));
    ByteBuffer head = ByteBuffer.allocate(16).putInt((int) (timeNanos / SECOND));
    head.putInt((int) (timeNanos % SECOND)).putInt(captured.length).putInt(frame.length);
    bytes.writeBytes(head.array());
    bytes.writeBytes(captured);
    timeNanos += STEP;
    return this;
  }

  /** The file, in pcap with nanoseconds and big-endian. */
  byte[] file() {
    return bytes.toByteArray();
  }

  /** Runs the capture: whole, and with the same records for one thread and for two. */
  RunOfCapture run() {
    RunOfCapture one = run(1);
    assertNull(one.failure());
    assertArrayEquals(one.json(), run(2).json(), "records depend on the number of threads");
    return one;
  }

  /** Runs the capture on so many threads, to its end or to where it breaks off. */
  RunOfCapture run(int threads) {
    try {
      CaptureInput input = CaptureInput.of(List.of("-"), new ByteArrayInputStream(file()));
      return RunOfCapture.of(input, "trap", threads, endpoints, dropDuplicates);
    } catch (IOException | SinkException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs the capture on so many threads, with lists that take the place of each other. */
  RunOfCapture run(int threads, EndpointList first, Supplier<EndpointList> lists) {
    try {
      CaptureInput input = CaptureInput.of(List.of("-"), new ByteArrayInputStream(file()));
      return RunOfCapture.of(input, "trap", threads, first, lists);
    } catch (IOException | SinkException e) {
      throw new AssertionError(e);
    }
  }

  /** The record of the only flow in the capture. */
  FlowRecord flow() {
    List<FlowRecord> flows = run().flows();
    assertEquals(1, flows.size(), "flows");
    return flows.get(0);
  }
}
