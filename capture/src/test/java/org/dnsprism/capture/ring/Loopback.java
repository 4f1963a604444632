// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.capture.CapturePermissionException;
import org.dnsprism.capture.LinkType;

/** Datagrams from and to a server of its own on the loopback interface. */
final class Loopback implements Closeable {
  private static final int WAIT_MILLIS = 10_000;

  private final DatagramSocket server;
  private final List<DatagramSocket> clients = new ArrayList<>();

  Loopback() throws IOException {
    server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setSoTimeout(WAIT_MILLIS);
  }

  /** Skips a test where nobody may capture. */
  static void assumeMayCapture() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "packet rings are there on Linux only");
    try {
      RingSource.open(List.of("lo"), 1, RingSettings.defaults().withRing(1 << 16, 2))
          .forEach(RingSource::close);
    } catch (CapturePermissionException e) {
      assumeTrue(false, "skipped: " + e.getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** A filter for what {@link #send} sends. */
  String toServer() {
    return "udp dst port " + port();
  }

  List<RingSource> open(int threads, RingSettings settings) throws IOException {
    String both = "udp port " + port();
    KernelFilter filter = KernelFilter.compile(both, LinkType.ETHERNET, 1 << 16);
    return RingSource.open(List.of("lo"), threads, settings.withFilter(filter));
  }

  /** Length of the payload of a datagram. */
  static int lengthOf(int number) {
    return Integer.BYTES + number % 400;
  }

  /** Sends datagrams that begin with their number, counted from 0. */
  void send(int datagrams) throws IOException {
    try (DatagramSocket client = new DatagramSocket()) {
      for (int number = 0; number < datagrams; number++) {
        byte[] payload = new byte[lengthOf(number)];
        ByteBuffer.wrap(payload).putInt(number);
        client.send(new DatagramPacket(payload, payload.length, server.getLocalSocketAddress()));
      }
    }
  }

  /** Lets clients, each on a port of its own, send datagrams that the server sends back. */
  void converse(int number, int datagrams) throws IOException {
    for (int i = 0; i < number; i++) {
      DatagramSocket client =
          new DatagramSocket(); // open until the end, so that no port comes twice
      clients.add(client);
      client.setSoTimeout(WAIT_MILLIS);
      for (int sent = 0; sent < datagrams; sent++) {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        packet.setSocketAddress(server.getLocalSocketAddress());
        client.send(packet);
        server.receive(packet);
        server.send(packet);
        client.receive(packet);
      }
    }
  }

  /** Ports of the clients that conversed. */
  List<Integer> clientPorts() {
    return clients.stream().map(DatagramSocket::getLocalPort).toList();
  }

  @Override
  public void close() {
    clients.forEach(DatagramSocket::close);
    server.close();
  }
}
