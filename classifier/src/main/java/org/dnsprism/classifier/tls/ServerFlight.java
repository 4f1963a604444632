// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.StreamSink;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a TLS server says in the clear: the version and, up to TLS 1.2, the protocol and the
 * names in its certificate (RFC 8446, section 4.1.3; RFC 5246, section 7.4). Meant to be kept in a
 * pool: {@link #reset} makes it new and gives its memory back. Not thread-safe.
 */
public final class ServerFlight extends RecordStream implements StreamSink {
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;
  private static final int SERVER_HELLO_DONE = 14;
  private static final int TLS_1_3 = 0x0304;

  private final ServerHello hello = new ServerHello();
  private final CertificateNames names = new CertificateNames();
  private boolean done;
  private boolean helloRetryRequest;
  private int alert = -1;

  /** Makes one that is ready for a stream. */
  public ServerFlight(ReassemblyMemory memory) {
    super(memory);
  }

  /** Makes it ready for another stream and gives its memory back. */
  public void reset() {
    resetRecords();
    hello.clear();
    names.clear();
    done = false;
    helloRetryRequest = false;
    alert = -1;
  }

  @Override
  public void onBytes(ByteBuf buffer, int offset, int length) {
    read(buffer, offset, length);
  }

  @Override
  public void onGap(long length) {
    finish();
  }

  @Override
  public void onRestart() {
    reset();
  }

  /** Whether nothing more can be learned. */
  public boolean done() {
    return done;
  }

  /** Whether a ServerHello, not counting a HelloRetryRequest, was read. */
  public boolean serverHelloSeen() {
    return hello.seen && !hello.retryRequest;
  }

  /** Whether the server asked for another ClientHello. */
  public boolean helloRetryRequestSeen() {
    return helloRetryRequest;
  }

  /** Version that the server chose, such as 0x0304; 0 when unseen. */
  public int version() {
    return hello.version;
  }

  /** Protocol that the server chose in the clear (TLS 1.2 and older), or null. */
  public @Nullable String alpn() {
    return hello.alpnLength == 0 ? null : AlpnText.join(hello.alpn, hello.alpnLength);
  }

  /** Description of the first alert in the clear (RFC 8446, section 6), or -1. */
  public int alert() {
    return alert;
  }

  /** How many names the server's certificate has in the clear (TLS 1.2 and older). */
  public int certificateNameCount() {
    return names.count();
  }

  /**
   * A name of the server's certificate in lower case, such as {@code *.example.org}; makes a new
   * string.
   *
   * @param index 0 to {@link #certificateNameCount()} - 1
   */
  public String certificateName(int index) {
    return names.name(index);
  }

  private void finish() {
    stop();
    done = true;
  }

  @Override
  void onRecord(int type, int length) {
    if (type == TlsRecord.APPLICATION_DATA
        || (type == TlsRecord.CHANGE_CIPHER_SPEC && !helloRetryRequest)) {
      finish();
    }
  }

  @Override
  boolean wantsMessage(int type) {
    if (type == SERVER_HELLO_DONE) {
      finish();
    }
    return type == SERVER_HELLO || type == CERTIFICATE;
  }

  @Override
  void onMessage(ByteBuf buffer, int offset, int length) {
    if (buffer.getByte(offset) == CERTIFICATE) {
      names.read(buffer, offset, length);
      finish();
      return;
    }
    boolean sound = hello.read(buffer, offset, length);
    helloRetryRequest |= hello.retryRequest;
    if (!sound || (hello.version == TLS_1_3 && !hello.retryRequest)) {
      finish();
    }
  }

  @Override
  void onAlert(int description) {
    alert = description;
    finish();
  }

  @Override
  void onBroken() {
    finish();
  }

  @Override
  void onRefused(boolean tooLong) {
    finish();
  }
}
