// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.ClientHello;

/** SKELETON. */
public final class QuicFlow {
  final QuicCrypto crypto;
  final ReassemblyMemory memory;
  private final ClientHello hello = new ClientHello();
  private QuicStatus status = QuicStatus.UNDECIDED;

  /** Makes one. */
  public QuicFlow(QuicCrypto crypto, ReassemblyMemory memory) {
    this.crypto = crypto;
    this.memory = memory;
  }

  /** Makes ready for another flow. */
  public void reset() {
    status = QuicStatus.UNDECIDED;
  }

  /** A datagram from the client; length is what was captured. */
  public QuicStatus onClientDatagram(ByteBuf buffer, int offset, int length, long timeNanos) {
    return status;
  }

  /** A datagram from the server. */
  public QuicStatus onServerDatagram(ByteBuf buffer, int offset, int length, long timeNanos) {
    return status;
  }

  /** Status. */
  public QuicStatus status() {
    return status;
  }

  /** The hello. */
  public ClientHello hello() {
    return hello;
  }

  /** Version of the client's first long header. */
  public int version() {
    return 0;
  }

  /** Version of the server's long headers; 0 when unseen. */
  public int serverVersion() {
    return 0;
  }

  /** Whether an Initial's tag was right. */
  public boolean authenticated() {
    return false;
  }

  /** Whether a ServerHello was decrypted. */
  public boolean serverHelloSeen() {
    return false;
  }

  /** Retry seen. */
  public boolean retrySeen() {
    return false;
  }

  /** Version Negotiation seen. */
  public boolean versionNegotiationSeen() {
    return false;
  }

  /** Connection closed in the Initial phase. */
  public boolean closed() {
    return false;
  }
}
