// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.ClientHello;

/**
 * Looks for the ClientHello in the datagrams of a UDP flow that may be QUIC (RFC 9000, RFC 9001,
 * RFC 9369). Initials are decrypted with keys that anyone on the path can derive; a right tag makes
 * the flow certainly QUIC. Datagrams and decryptions are bounded for each flow. Meant to be kept in
 * a pool: {@link #reset} makes it new and gives its memory back. Not thread-safe.
 */
public final class QuicFlow {
  private static final int MAX_DATAGRAMS = 64;
  private static final int MAX_COALESCED = 8;
  private static final int MAX_UNKNOWN_PACKETS = 2;

  private final QuicCounters counters;
  private final InitialKeyring keyring;
  private final InitialReader reader;
  private final LongHeader header = new LongHeader();
  private QuicStatus status = QuicStatus.UNDECIDED;
  private boolean done;
  private boolean authenticated;
  private boolean retrySeen;
  private boolean versionNegotiationSeen;
  private boolean serverHelloSeen;
  private int version;
  private int serverVersion;
  private int datagrams;
  private int unknownPackets;

  /** Makes one that is ready for a flow. */
  public QuicFlow(QuicCrypto crypto, ReassemblyMemory memory) {
    this.counters = crypto.counters;
    this.keyring = new InitialKeyring(crypto);
    this.reader = new InitialReader(crypto, memory);
  }

  /** Makes it ready for another flow and gives its memory back. */
  public void reset() {
    keyring.clear();
    reader.reset();
    status = QuicStatus.UNDECIDED;
    done = false;
    authenticated = false;
    retrySeen = false;
    versionNegotiationSeen = false;
    serverHelloSeen = false;
    version = 0;
    serverVersion = 0;
    datagrams = 0;
    unknownPackets = 0;
  }

  /**
   * A datagram came from the client.
   *
   * @param length captured bytes of its payload
   * @param timeNanos of the packet, for the budget of decryptions
   */
  public QuicStatus onClientDatagram(ByteBuf buffer, int offset, int length, long timeNanos) {
    if (done || length <= 0) {
      return status;
    }
    int gquic = status == QuicStatus.UNDECIDED ? GquicHeader.version(buffer, offset, length) : 0;
    if (gquic != 0) {
      version = gquic;
      raise(QuicStatus.GQUIC);
      end();
    } else if (++datagrams > MAX_DATAGRAMS) {
      counters.cryptoCapHits += status == QuicStatus.INITIAL ? 1 : 0;
      finish();
    } else if (LongHeader.isLong(buffer, offset)) {
      readPackets(buffer, offset, offset + length, timeNanos);
    } else if (!LongHeader.hasFixedBit(buffer, offset)) {
      dismiss();
    }
    return status;
  }

  /**
   * A datagram came from the server: it may change version or keys, or begin the answer.
   *
   * @param length captured bytes of its payload
   * @param timeNanos of the packet, for the budget of decryptions
   */
  public QuicStatus onServerDatagram(ByteBuf buffer, int offset, int length, long timeNanos) {
    int limit = offset + length;
    if (status == QuicStatus.GQUIC
        || length <= 0
        || !LongHeader.isLong(buffer, offset)
        || !header.read(buffer, offset, limit)) {
      return status;
    }
    if (header.version == QuicVersion.NEGOTIATION) {
      onVersionNegotiation(buffer, limit);
    } else if (QuicVersion.isKnown(header.version)) {
      serverVersion = header.version;
      raise(QuicStatus.HEADER);
      if (header.type == LongHeader.RETRY) {
        counters.retries++;
        retrySeen = true;
      } else if (header.type == LongHeader.INITIAL && keyring.hasKeys() && !serverHelloSeen) {
        int plain = keyring.openServer(buffer, header, limit, timeNanos);
        serverHelloSeen = plain >= 0 && reader.readServer(plain);
      }
    }
    return status;
  }

  /** No more datagrams will come: a hello that is not whole is read as far as it goes. */
  public QuicStatus finish() {
    if (!done && reader.readPartialHello()) {
      raise(QuicStatus.PARTIAL_CLIENT_HELLO);
    }
    end();
    return status;
  }

  /** What is known of the flow. */
  public QuicStatus status() {
    return status;
  }

  /** Whether more datagrams from the client can tell more. */
  public boolean wantsMore() {
    return !done;
  }

  /**
   * The ClientHello, after {@link QuicStatus#CLIENT_HELLO} or {@link
   * QuicStatus#PARTIAL_CLIENT_HELLO} and until {@link #reset}.
   */
  public ClientHello hello() {
    return reader.hello();
  }

  /** Version in the client's first long header, or the four characters of Google QUIC; or 0. */
  public int version() {
    return version;
  }

  /** Version in the server's last long header, which an upgrade may change; 0 when unseen. */
  public int serverVersion() {
    return serverVersion;
  }

  /** Whether the tag of an Initial was right, so that the flow is certainly QUIC. */
  public boolean authenticated() {
    return authenticated;
  }

  /** Whether a Retry was seen. */
  public boolean retrySeen() {
    return retrySeen;
  }

  /** Whether a Version Negotiation was seen. */
  public boolean versionNegotiationSeen() {
    return versionNegotiationSeen;
  }

  /** Whether the server's ServerHello was decrypted. */
  public boolean serverHelloSeen() {
    return serverHelloSeen;
  }

  /** Whether one side closed the connection in an Initial that was decrypted. */
  public boolean closed() {
    return reader.closed();
  }

  private void raise(QuicStatus reached) {
    if (reached.compareTo(status) > 0) {
      status = reached;
    }
  }

  private void end() {
    done = true;
    reader.release();
  }

  private void dismiss() {
    if (status == QuicStatus.UNDECIDED) {
      status = QuicStatus.NOT_QUIC;
      end();
    }
  }

  private void readPackets(ByteBuf buffer, int offset, int limit, long timeNanos) {
    int position = offset;
    for (int i = 0; i < MAX_COALESCED && position < limit && !done; i++) {
      if (!LongHeader.isLong(buffer, position)) {
        break;
      }
      if (!header.read(buffer, position, limit)) {
        counters.malformedPackets++;
        break;
      }
      readPacket(buffer, limit, timeNanos);
      position = header.end;
    }
    dismiss();
  }

  private void readPacket(ByteBuf buffer, int limit, long timeNanos) {
    boolean known = QuicVersion.isKnown(header.version);
    if (known || (header.fixedBit && QuicVersion.isRecognised(header.version))) {
      version = version == 0 ? header.version : version;
      raise(QuicStatus.HEADER);
    }
    if (known && header.type == LongHeader.INITIAL) {
      readInitial(buffer, limit, header.version, timeNanos);
    } else if (!known && header.version != QuicVersion.NEGOTIATION && header.fixedBit) {
      readUnknown(buffer, limit, timeNanos);
    }
  }

  /**
   * An unknown version may be one of the known ones under another number: a greased one, or a test
   * build. Once one has fitted, only that is tried.
   */
  private void readUnknown(ByteBuf buffer, int limit, long timeNanos) {
    counters.unknownVersions++;
    boolean likeV2 = header.type == LongHeader.ZERO_RTT;
    if (authenticated) {
      if (header.type == LongHeader.INITIAL || (likeV2 && header.readAsInitial(buffer, limit))) {
        readInitial(buffer, limit, keyring.version(), timeNanos);
      }
    } else if (unknownPackets++ < MAX_UNKNOWN_PACKETS) {
      if (header.type == LongHeader.INITIAL) {
        readInitial(buffer, limit, QuicVersion.V1, timeNanos);
        if (!authenticated) {
          readInitial(buffer, limit, QuicVersion.DRAFT_29, timeNanos);
        }
      } else if (likeV2 && header.readAsInitial(buffer, limit)) {
        readInitial(buffer, limit, QuicVersion.V2, timeNanos);
      }
    }
  }

  private void readInitial(ByteBuf buffer, int limit, int keyVersion, long timeNanos) {
    int plain = keyring.openClient(buffer, header, limit, keyVersion, timeNanos);
    boolean whole = header.end <= limit;
    if (plain >= 0 && (whole || reader.beginsHello(plain))) {
      version = version == 0 ? header.version : version;
      authenticated |= whole;
      raise(whole ? QuicStatus.INITIAL : QuicStatus.HEADER);
      // After a Retry the client sends the same hello again; otherwise this is a new connection.
      if (keyring.newConnection() && !retrySeen) {
        reader.startOver();
      }
      if (reader.readClient(plain)) {
        raise(QuicStatus.CLIENT_HELLO);
      }
    }
    if (status == QuicStatus.CLIENT_HELLO || reader.failed() || keyring.exhausted()) {
      finish();
    }
  }

  private void onVersionNegotiation(ByteBuf buffer, int limit) {
    int position = header.packetNumberOffset;
    if (position < limit && (limit - position) % Integer.BYTES == 0) {
      boolean recognised = false;
      for (; position < limit; position += Integer.BYTES) {
        recognised |= QuicVersion.isRecognised(buffer.getInt(position));
      }
      if (recognised) {
        counters.versionNegotiations++;
        versionNegotiationSeen = true;
        raise(QuicStatus.HEADER);
        // The client begins again with another version and another hello.
        if (status != QuicStatus.CLIENT_HELLO) {
          reader.startOver();
        }
      }
    }
  }
}
