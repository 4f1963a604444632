// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.ClientHello;
import org.dnsprism.classifier.tls.ClientHelloParser;
import org.dnsprism.classifier.tls.HelloStatus;

/**
 * Reads decrypted Initials: puts the CRYPTO data of the client together until the ClientHello is
 * whole. A hello that lies whole in one frame is read in place.
 */
final class InitialReader {
  private static final int TYPE_CLIENT_HELLO = 1;
  private static final int MESSAGE_HEADER_BYTES = 4;
  private static final int VERSION_MAJOR_OFFSET = 4;

  /** Senders that scatter a hello use tens; many more in one packet are there to cost time. */
  private static final int MAX_CRYPTO_FRAMES = 512;

  private final QuicCrypto crypto;
  private final QuicCounters counters;
  private final CryptoStream stream;
  private final InitialFrames frames = new InitialFrames();
  private final ClientHello hello = new ClientHello();
  private boolean complete;
  private boolean failed;

  InitialReader(QuicCrypto crypto, ReassemblyMemory memory) {
    this.crypto = crypto;
    this.counters = crypto.counters;
    this.stream = new CryptoStream(memory, counters);
  }

  /** Forgets the CRYPTO data so far. */
  void startOver() {
    stream.clear();
    complete = false;
    failed = false;
  }

  /** Gives the memory back; what was read stays. */
  void release() {
    stream.clear();
  }

  ClientHello hello() {
    return hello;
  }

  /** Whether the CRYPTO data cannot be a ClientHello. */
  boolean failed() {
    return failed;
  }

  /** Whether CRYPTO data wait for what is missing before them. */
  boolean awaitsMore() {
    return !stream.isEmpty();
  }

  /**
   * Whether a plaintext without a checked tag begins with a ClientHello, as wrong keys would not
   * make it.
   */
  boolean beginsHello(int plainLength) {
    ByteBuf plain = crypto.plaintext();
    frames.begin(plainLength);
    return frames.next(plain)
        && frames.cryptoOffset == 0
        && frames.dataLength > VERSION_MAJOR_OFFSET
        && plain.getByte(frames.dataOffset) == TYPE_CLIENT_HELLO
        && plain.getByte(frames.dataOffset + 1) == 0
        && plain.getByte(frames.dataOffset + VERSION_MAJOR_OFFSET) == 3;
  }

  /** Reads a packet of the client; whether the ClientHello is now whole. */
  boolean readClient(int plainLength) {
    ByteBuf plain = crypto.plaintext();
    frames.begin(plainLength);
    int count = 0;
    while (!complete && !failed && frames.next(plain)) {
      if (++count > MAX_CRYPTO_FRAMES) {
        counters.cryptoCapHits++;
        break;
      }
      readCrypto(plain);
    }
    counters.malformedFrames += frames.malformed ? 1 : 0;
    if (!complete && !failed) {
      readJoined();
    }
    return complete;
  }

  /** Reads as much of the ClientHello as is there; whether that is a sound part of one. */
  boolean readPartialHello() {
    ByteBuf bytes = stream.bytes();
    int length = stream.contiguous();
    if (complete || failed || bytes == null || length == 0) {
      return false;
    }
    boolean partial = ClientHelloParser.parse(bytes, 0, length, hello) == HelloStatus.NEED_MORE;
    counters.partialHellos += partial ? 1 : 0;
    return partial;
  }

  private void readCrypto(ByteBuf plain) {
    boolean first = frames.cryptoOffset == 0 && stream.isEmpty();
    if (first && isWhole(plain, frames.dataOffset, frames.dataLength)) {
      finish(ClientHelloParser.parse(plain, frames.dataOffset, frames.dataLength, hello));
    } else {
      stream.add(frames.cryptoOffset, plain, frames.dataOffset, frames.dataLength);
    }
  }

  private void readJoined() {
    ByteBuf bytes = stream.bytes();
    int length = stream.contiguous();
    if (bytes == null || length == 0) {
      return;
    }
    if (bytes.getByte(0) != TYPE_CLIENT_HELLO) {
      finish(HelloStatus.NOT_CLIENT_HELLO);
    } else if (isWhole(bytes, 0, length)) {
      finish(ClientHelloParser.parse(bytes, 0, length, hello));
      counters.assembledHellos += complete ? 1 : 0;
    }
  }

  private static boolean isWhole(ByteBuf buffer, int offset, int length) {
    return length >= MESSAGE_HEADER_BYTES
        && length >= MESSAGE_HEADER_BYTES + buffer.getUnsignedMedium(offset + 1);
  }

  private void finish(HelloStatus read) {
    complete = read == HelloStatus.COMPLETE;
    failed = !complete;
    counters.clientHellos += complete ? 1 : 0;
    counters.malformedHellos += complete ? 0 : 1;
  }
}
