// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** One Ethernet frame, built in place: the payload first, then the headers before it. */
final class Frame {
  /** Largest UDP payload and TCP segment that fit into 1,500 bytes of IPv6 with options. */
  static final int MAX_PAYLOAD = 1428;

  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMP6 = 58;
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int PSH = 8;
  static final int ACK = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int ETHERNET = 14;
  private static final int UDP_HEADER = 8;
  private static final int TCP_HEADER = 32;
  private static final int SYN_HEADER = 44;
  private static final byte[] SUBSCRIBER_SIDE = {2, 0, 0, 0, 0, 1};
  private static final byte[] NETWORK_SIDE = {2, 0, 0, 0, 0, 2};

  final byte[] bytes = new byte[2048];
  private int length;
  private int queries;
  private int responses;
  private boolean fromClient;

  int length() {
    return length;
  }

  /** DNS queries that are complete with this frame. */
  int queries() {
    return queries;
  }

  /** DNS responses that are complete with this frame. */
  int responses() {
    return responses;
  }

  boolean fromClient() {
    return fromClient;
  }

  /** Says what is complete with this frame; after its headers are written. */
  void messages(int newQueries, int newResponses) {
    queries = newQueries;
    responses = newResponses;
  }

  /** Where the payload of a UDP datagram begins. */
  int udpPayload(Flow flow) {
    return transport(flow) + UDP_HEADER;
  }

  /** Where the payload of a TCP segment begins. */
  int tcpPayload(Flow flow) {
    return transport(flow) + TCP_HEADER;
  }

  /** Where what follows the IP header begins. */
  int transport(Flow flow) {
    return ETHERNET + (flow.isV6() ? 40 : 20);
  }

  /** Writes the headers of a UDP datagram whose payload is there already. */
  void udp(Flow flow, boolean client, int payload) {
    int at = transport(flow);
    Bytes.u16(bytes, at, client ? flow.clientPort() : flow.serverPort());
    Bytes.u16(bytes, at + 2, client ? flow.serverPort() : flow.clientPort());
    Bytes.u16(bytes, at + 4, UDP_HEADER + payload);
    internet(flow, client, UDP, UDP_HEADER + payload);
    int sum = checksum(flow, UDP, at, UDP_HEADER + payload, at + 6);
    Bytes.u16(bytes, at + 6, sum == 0 ? 0xffff : sum);
  }

  /**
   * Writes the headers of a TCP segment, with the timestamps option (RFC 7323); a SYN has no
   * payload.
   */
  void tcp(Flow flow, boolean client, int flags, int sequence, int acknowledged, int payload) {
    int at = transport(flow);
    Bytes.u16(bytes, at, client ? flow.clientPort() : flow.serverPort());
    Bytes.u16(bytes, at + 2, client ? flow.serverPort() : flow.clientPort());
    Bytes.u32(bytes, at + 4, sequence);
    Bytes.u32(bytes, at + 8, acknowledged);
    boolean syn = (flags & SYN) != 0;
    int header = syn ? SYN_HEADER : TCP_HEADER;
    bytes[at + 12] = (byte) ((header / 4) << 4);
    bytes[at + 13] = (byte) flags;
    Bytes.u16(bytes, at + 14, client ? 502 : 1024);
    Bytes.u16(bytes, at + 18, 0);
    Bytes.u32(bytes, at + 20, 0x0101080a);
    int millis = (int) (flow.time() / 1_000_000);
    Bytes.u32(bytes, at + 24, millis);
    Bytes.u32(bytes, at + 28, syn && client ? 0 : millis - 1);
    if (syn) {
      // Largest segment, selective acknowledgements, window scale.
      Bytes.u32(bytes, at + 32, 0x020405a0);
      Bytes.u32(bytes, at + 36, 0x04020101);
      Bytes.u32(bytes, at + 40, 0x01030307);
    }
    internet(flow, client, TCP, header + payload);
    Bytes.u16(bytes, at + 16, checksum(flow, TCP, at, header + payload, at + 16));
  }

  /** Writes an echo request or reply with the given number and amount of data. */
  void echo(Flow flow, boolean client, int number, int data) {
    int at = transport(flow);
    int request = flow.isV6() ? 128 : 8;
    bytes[at] = (byte) (client ? request : flow.isV6() ? 129 : 0);
    bytes[at + 1] = 0;
    Bytes.u16(bytes, at + 4, flow.clientPort());
    Bytes.u16(bytes, at + 6, number);
    Bytes.opaque(bytes, at + 8, data, flow.number());
    internet(flow, client, flow.isV6() ? ICMP6 : ICMP, 8 + data);
    Bytes.u16(bytes, at + 2, 0);
    long start = flow.isV6() ? pseudoHeader(flow, ICMP6, 8 + data) : 0;
    Bytes.u16(bytes, at + 2, folded(sum(start, at, 8 + data)));
  }

  private void internet(Flow flow, boolean client, int protocol, int payload) {
    fromClient = client;
    messages(0, 0);
    System.arraycopy(client ? NETWORK_SIDE : SUBSCRIBER_SIDE, 0, bytes, 0, 6);
    System.arraycopy(client ? SUBSCRIBER_SIDE : NETWORK_SIDE, 0, bytes, 6, 6);
    byte[] source = client ? flow.client() : flow.server();
    byte[] target = client ? flow.server() : flow.client();
    int lifetime = client ? 63 : 40 + (int) (flow.number() & 15);
    if (flow.isV6()) {
      Bytes.u16(bytes, 12, 0x86dd);
      Bytes.u32(bytes, ETHERNET, 0x60000000 | (int) (flow.number() & 0xfffff));
      Bytes.u16(bytes, ETHERNET + 4, payload);
      bytes[ETHERNET + 6] = (byte) protocol;
      bytes[ETHERNET + 7] = (byte) lifetime;
      System.arraycopy(source, 0, bytes, ETHERNET + 8, 16);
      System.arraycopy(target, 0, bytes, ETHERNET + 24, 16);
      length = ETHERNET + 40 + payload;
      return;
    }
    Bytes.u16(bytes, 12, 0x0800);
    Bytes.u16(bytes, ETHERNET, 0x4500);
    Bytes.u16(bytes, ETHERNET + 2, 20 + payload);
    Bytes.u16(bytes, ETHERNET + 4, flow.nextIdentification());
    Bytes.u16(bytes, ETHERNET + 6, 0x4000);
    bytes[ETHERNET + 8] = (byte) lifetime;
    bytes[ETHERNET + 9] = (byte) protocol;
    System.arraycopy(source, 0, bytes, ETHERNET + 12, 4);
    System.arraycopy(target, 0, bytes, ETHERNET + 16, 4);
    headerChecksum();
    length = ETHERNET + 20 + payload;
  }

  private void headerChecksum() {
    Bytes.u16(bytes, ETHERNET + 10, 0);
    Bytes.u16(bytes, ETHERNET + 10, folded(sum(0, ETHERNET, 20)));
  }

  /** Takes one from the time to live, as a router between two mirrored ports does. */
  void hop() {
    if (bytes[12] == 0x08) {
      bytes[ETHERNET + 8]--;
      headerChecksum();
    } else {
      bytes[ETHERNET + 7]--;
    }
  }

  /** Takes over what another frame holds. */
  void set(Frame other) {
    System.arraycopy(other.bytes, 0, bytes, 0, other.length);
    length = other.length;
    queries = other.queries;
    responses = other.responses;
    fromClient = other.fromClient;
  }

  private int checksum(Flow flow, int protocol, int at, int size, int place) {
    Bytes.u16(bytes, place, 0);
    return folded(sum(pseudoHeader(flow, protocol, size), at, size));
  }

  private static long pseudoHeader(Flow flow, int protocol, int size) {
    return flow.addressSum() + protocol + size;
  }

  /** One's complement sum of 32-bit words (RFC 1071). */
  private long sum(long start, int at, int size) {
    long sum = start;
    int end = at + size;
    int i = at;
    for (; i + 4 <= end; i += 4) {
      sum += (int) INTS.get(bytes, i) & 0xffffffffL;
    }
    for (int shift = 24; i < end; i++, shift -= 8) {
      sum += (bytes[i] & 0xffL) << shift;
    }
    return sum;
  }

  private static int folded(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}
