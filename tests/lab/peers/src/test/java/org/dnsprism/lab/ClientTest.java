// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client shows of itself to a socket that is not ours. */
@Timeout(120)
class ClientTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final InetAddress OWN = Target.address("client", "127.0.0.3");

  @TempDir static Path folder;

  private static Path authority;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @BeforeAll
  static void makeCertificate() throws Exception {
    authority = TestIdentity.create(folder).certificates();
  }

  @AfterEach
  void stop() throws Exception {
    thread.shutdownNow();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  @Test
  void tcpComesFromTheAddressAskedFor() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      HttpSession session = Http1Session.connectPlain(group, target(socket.getLocalPort()));
      try (Socket accepted = socket.accept()) {
        assertEquals("127.0.0.3", accepted.getInetAddress().getHostAddress());
      }
      session.close();
    }
  }

  @Test
  void quicComesFromTheAddressAskedForInDatagramsOfFullSize() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      Future<DnsSession> connecting =
          thread.submit(() -> DoqSession.connect(group, target(socket.getLocalPort())));
      DatagramPacket initial = new DatagramPacket(new byte[1500], 1500);
      socket.receive(initial);
      assertEquals("127.0.0.3", initial.getAddress().getHostAddress());
      assertEquals(1200, initial.getLength(), "RFC 9000, section 14.1");
      assertFalse(connecting.isDone());
    }
  }

  @Test
  void queriesOnAConnectionThatTheServerClosedFailAtOnce() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      HttpSession http = Http1Session.connectPlain(group, target(socket.getLocalPort()));
      socket.accept().close();
      try (DnsSession session = new DohSession(http, TestIdentity.NAME)) {
        byte[] query = new Questions(List.of("a.example.com"), false).query(0);
        assertThrows(ExecutionException.class, () -> session.ask(query).get());
        assertThrows(ExecutionException.class, () -> session.ask(query).get());
      }
    }
  }

  private static Target target(int port) {
    return new Target(new InetSocketAddress(LOOPBACK, port), TestIdentity.NAME, authority, OWN);
  }
}
