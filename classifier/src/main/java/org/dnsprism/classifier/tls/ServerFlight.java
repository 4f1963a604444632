// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.StreamSink;
import org.jspecify.annotations.Nullable;

/** SKELETON. */
public final class ServerFlight implements StreamSink {
  final ReassemblyMemory memory;

  /** Makes one. */
  public ServerFlight(ReassemblyMemory memory) {
    this.memory = memory;
  }

  /** Makes ready for another stream. */
  public void reset(boolean startKnown) {}

  @Override
  public void onBytes(ByteBuf buffer, int offset, int length) {}

  @Override
  public void onGap(long length) {}

  @Override
  public void onRestart() {}

  /** Whether anything further can be learned. */
  public boolean done() {
    return true;
  }

  /** Whether a ServerHello was seen. */
  public boolean serverHelloSeen() {
    return false;
  }

  /** Whether a HelloRetryRequest was seen. */
  public boolean helloRetryRequestSeen() {
    return false;
  }

  /** Version the server chose; 0 when unseen. */
  public int version() {
    return 0;
  }

  /** Protocol chosen in the clear (TLS 1.2), or null. */
  public @Nullable String alpn() {
    return null;
  }

  /** Description of the first alert in the clear, or -1. */
  public int alert() {
    return -1;
  }

  /** DNS names of the server's certificate (TLS 1.2 and older). */
  public int certificateNameCount() {
    return 0;
  }

  /** One of them. */
  public String certificateName(int index) {
    return Integer.toString(index);
  }
}
