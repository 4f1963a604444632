// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicStream;

/** A client's DoQ connection by another implementation of QUIC than Netty's: Kwik, in Java. */
final class KwikSession implements DnsSession {
  private final QuicClientConnection connection;
  private final ExecutorService readers = Executors.newCachedThreadPool();

  private KwikSession(QuicClientConnection connection) {
    this.connection = connection;
  }

  /** Connects and returns when the handshake is over. */
  static KwikSession connect(Target target) throws ExecutionException {
    try {
      QuicClientConnection connection =
          QuicClientConnection.newBuilder()
              .host(target.name())
              .port(target.server().getPort())
              .applicationProtocol(DoqFraming.ALPN)
              .connectTimeout(Duration.ofSeconds(5))
              .noServerCertificateCheck()
              .socketFactory(peer -> new DatagramSocket(new InetSocketAddress(target.bind(), 0)))
              .build();
      connection.connect();
      return new KwikSession(connection);
    } catch (IOException e) {
      throw new ExecutionException(e);
    }
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] query) {
    try {
      QuicStream stream = connection.createStream(true);
      try (OutputStream out = stream.getOutputStream()) {
        out.write(
            ByteBuffer.allocate(Short.BYTES + query.length)
                .putShort((short) query.length)
                .put(query)
                .array());
      }
      return CompletableFuture.supplyAsync(() -> read(stream), readers);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static byte[] read(QuicStream stream) {
    try (DataInputStream in = new DataInputStream(stream.getInputStream())) {
      return in.readNBytes(in.readUnsignedShort());
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() {
    connection.close();
    readers.shutdownNow();
  }
}
