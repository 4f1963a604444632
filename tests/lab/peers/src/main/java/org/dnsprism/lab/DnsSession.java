// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.util.concurrent.CompletableFuture;

/** A connection that carries DNS messages in wire format, whatever wraps them. */
interface DnsSession extends AutoCloseable {
  /** Sends a query; the future holds its response or fails with the connection. */
  CompletableFuture<byte[]> ask(byte[] query);

  @Override
  void close();
}
