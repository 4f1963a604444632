// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.StreamSink;

/** SKELETON. */
public final class TlsStreamParser implements StreamSink {
  private final ClientHello hello = new ClientHello();
  private TlsStatus status = TlsStatus.UNDECIDED;
  final ReassemblyMemory memory;
  final TlsCounters counters;

  /** Makes one that is ready for a stream. */
  public TlsStreamParser(ReassemblyMemory memory, TlsCounters counters) {
    this.memory = memory;
    this.counters = counters;
  }

  /** Makes ready for another stream, giving back its memory; startKnown: SYN was seen. */
  public void reset(boolean startKnown) {
    status = TlsStatus.UNDECIDED;
  }

  /** Next bytes. */
  public TlsStatus feed(ByteBuf buffer, int offset, int length) {
    return status;
  }

  @Override
  public void onBytes(ByteBuf buffer, int offset, int length) {
    feed(buffer, offset, length);
  }

  @Override
  public void onGap(long length) {}

  @Override
  public void onRestart() {}

  /** No more bytes will come (flow ended or was cut): a partial hello is read as far as it goes. */
  public TlsStatus finish() {
    return status;
  }

  /** What is known so far. */
  public TlsStatus status() {
    return status;
  }

  /** The ClientHello; valid after CLIENT_HELLO or PARTIAL_CLIENT_HELLO. */
  public ClientHello hello() {
    return hello;
  }
}
