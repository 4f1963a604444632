// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.StreamSink;

/**
 * Reads what a TLS server says in the clear: the version and, up to TLS 1.2, the protocol and the
 * names in its certificate (RFC 8446, section 4.1.3; RFC 5246, section 7.4). A stream that was
 * joined in the middle is recognised by records that chain. Meant to be kept in a pool: {@link
 * #reset} makes it new and gives its memory back. Not thread-safe.
 */
public final class ServerFlight extends RecordStream implements StreamSink {
  private static final int SERVER_HELLO = 2;
  private static final int CERTIFICATE = 11;
  private static final int SERVER_HELLO_DONE = 14;
  private static final int TLS_1_3 = 0x0304;

  private final ServerHello hello = new ServerHello();
  private final CertificateNames names = new CertificateNames();
  private boolean startKnown;
  private boolean chaining;
  private int chainedRecords;
  private int searchedBytes;
  private boolean recordsSeen;
  private boolean done;
  private boolean helloRetryRequest;
  private int alert = -1;

  /** Makes one that is ready for a stream. */
  public ServerFlight(ReassemblyMemory memory) {
    super(memory);
    reset(true);
  }

  /**
   * Makes it ready for another stream and gives its memory back.
   *
   * @param startKnown whether the first bytes will be the first of the connection; if not, the
   *     stream is searched for records
   */
  public void reset(boolean startKnown) {
    resetRecords();
    this.startKnown = startKnown;
    chaining = startKnown;
    chainedRecords = 0;
    searchedBytes = 0;
    recordsSeen = false;
    hello.clear();
    names.clear();
    done = false;
    helloRetryRequest = false;
    alert = -1;
  }

  @Override
  public void onBytes(ByteBuf buffer, int offset, int length) {
    int position = offset;
    int end = offset + length;
    if (!chaining && !done) {
      position = TlsRecord.find(buffer, offset, end);
      if (position < 0) {
        missed(length);
        return;
      }
      resetRecords();
      chaining = true;
      chainedRecords = 0;
    }
    read(buffer, position, end - position);
    // A record that ends with its segment is no chance.
    if (!startKnown && chainedRecords > 0 && atRecordStart()) {
      recordsSeen = true;
    }
  }

  private void missed(int length) {
    chaining = false;
    searchedBytes += length;
    if (searchedBytes > TlsRecord.MAX_SEARCHED_BYTES) {
      finish();
    }
  }

  @Override
  public void onGap(long length) {
    finish();
  }

  @Override
  public void onRestart() {
    reset(false);
  }

  /** Whether nothing more can be learned. */
  public boolean done() {
    return done;
  }

  /** Whether records were seen in the middle of the stream. */
  public boolean recordsSeen() {
    return recordsSeen;
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

  /**
   * The protocol that the server chose in the clear (TLS 1.2 and older) behind a byte with its
   * length, in the first {@link #alpnLength()} bytes; not a copy.
   */
  public byte[] alpnBytes() {
    return hello.alpn;
  }

  /** Length of {@link #alpnBytes()}; 0 when no protocol was seen. */
  public int alpnLength() {
    return hello.alpnLength;
  }

  /** The protocol that the server chose, as a set of {@link AlpnProtocol#bit()}. */
  public int alpnProtocols() {
    int length = hello.alpnLength;
    return length == 0 ? 0 : AlpnProtocol.of(hello.alpn, 1, length - 1).bit();
  }

  /** Description of the first alert in the clear (RFC 8446, section 6), or -1. */
  public int alert() {
    return alert;
  }

  /**
   * The names in the server's certificate (TLS 1.2 and older) in lower case, such as {@code
   * *.example.org}, each behind a byte with its length, in the first {@link
   * #certificateNamesLength()} bytes; not a copy.
   */
  public byte[] certificateNames() {
    return names.bytes();
  }

  /** Length of {@link #certificateNames()}; 0 when there are none. */
  public int certificateNamesLength() {
    return names.length();
  }

  private void finish() {
    stop();
    done = true;
  }

  @Override
  void onRecord(int type, int length) {
    recordsSeen |= !startKnown && ++chainedRecords > 1;
    boolean encrypted = type == TlsRecord.APPLICATION_DATA;
    if (encrypted && !startKnown && !recordsSeen) {
      return; // the next one confirms it
    }
    if (encrypted || (type == TlsRecord.CHANGE_CIPHER_SPEC && !helloRetryRequest)) {
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
    if (startKnown || recordsSeen) {
      finish();
    } else {
      stop();
      missed(TlsRecord.HEADER_BYTES);
    }
  }

  @Override
  void onRefused(boolean tooLong) {
    finish();
  }
}
