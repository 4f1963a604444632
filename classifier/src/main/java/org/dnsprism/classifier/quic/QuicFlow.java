// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.quic;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.ClientHello;

/**
 * Looks for the ClientHello in the datagrams of a UDP flow that may be QUIC (RFC 9000, RFC 9001,
 * RFC 9369). Initials are decrypted with keys that anyone on the path can derive; a right tag makes
 * the flow certainly QUIC. Datagrams, time and decryptions are bounded for each flow. Meant to be
 * kept in a pool: {@link #reset} makes it new and gives its memory back. Not thread-safe.
 */
public final class QuicFlow {
  /** Datagrams of both sides that may pass until the hello is read and answered. */
  static final int MAX_DATAGRAMS = 32;

  /** Likewise the time: longer than browsers wait for a handshake. */
  static final long MAX_NANOS = 15_000_000_000L;

  private static final int MAX_COALESCED = 8;
  private static final int MAX_UNKNOWN_PACKETS = 2;

  /** Attempts to find a client where the server is expected. */
  private static final int MAX_REVERSED_PACKETS = 2;

  /** A client's first datagrams are no shorter (RFC 9000, section 14.1). */
  public static final int MIN_CLIENT_DATAGRAM_BYTES = 1200;

  private final QuicCounters counters;
  private final InitialKeyring keyring;
  private final InitialReader reader;
  private final LongHeader header = new LongHeader();
  private QuicStatus status = QuicStatus.UNDECIDED;
  private boolean done;
  private boolean over;
  private boolean authenticated;
  private boolean reversed;
  private boolean retryPending;
  private boolean versionNegotiationSeen;
  private int version;
  private int datagrams;
  private int unknownPackets;
  private int reversedPackets;
  private long firstNanos;
  private long clientConnection;
  private long serverConnection;

  /** Makes one that is ready for a flow. */
  public QuicFlow(QuicCrypto crypto, ReassemblyMemory memory) {
    this.counters = crypto.counters;
    this.keyring = new InitialKeyring(crypto);
    this.reader = new InitialReader(crypto, memory);
  }

  /** Makes it ready for another flow and gives its memory back. */
  public void reset() {
    keyring.clear();
    reader.startOver();
    status = QuicStatus.UNDECIDED;
    done = false;
    over = false;
    authenticated = false;
    reversed = false;
    retryPending = false;
    versionNegotiationSeen = false;
    version = 0;
    datagrams = 0;
    unknownPackets = 0;
    reversedPackets = 0;
    clientConnection = 0;
    serverConnection = 0;
  }

  /**
   * A datagram came from the client.
   *
   * @param length captured bytes of its payload
   * @param timeNanos of the packet, for the bounds on time and decryptions
   */
  public QuicStatus onClientDatagram(ByteBuf buffer, int offset, int length, long timeNanos) {
    if (length <= 0 || !admits(timeNanos)) {
      return status;
    }
    if (done) {
      noteLaterHeader(buffer, offset, offset + length);
      return status;
    }
    int gquic = status == QuicStatus.UNDECIDED ? GquicHeader.version(buffer, offset, length) : 0;
    if (gquic != 0) {
      version = gquic;
      raise(QuicStatus.GQUIC);
      end();
    } else if (LongHeader.isLong(buffer, offset)) {
      readPackets(buffer, offset, offset + length, timeNanos);
    } else if (!LongHeader.hasFixedBit(buffer, offset)) {
      dismiss();
    }
    return status;
  }

  /**
   * A datagram came from the server: it may change version or keys, or begin the answer. Its
   * Initials are not decrypted: they tell nothing that is not in their headers or in the hello.
   *
   * @param length captured bytes of its payload
   * @param timeNanos of the packet, for the bounds on time and decryptions
   */
  public QuicStatus onServerDatagram(ByteBuf buffer, int offset, int length, long timeNanos) {
    if (length <= 0 || !admits(timeNanos)) {
      return status;
    }
    int limit = offset + length;
    if (!LongHeader.isLong(buffer, offset)) {
      over |= status == QuicStatus.CLIENT_HELLO;
    } else if (header.read(buffer, offset, limit)) {
      if (header.version == QuicVersion.NEGOTIATION) {
        onVersionNegotiation(buffer, limit);
      } else if (beginsReversed(buffer, limit, timeNanos)) {
        reversed = true;
        readPackets(buffer, offset, limit, timeNanos);
      } else {
        readServerHeader(buffer);
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

  /** Whether more datagrams from the client can tell more about its hello. */
  public boolean wantsMore() {
    return !done;
  }

  /** Whether more datagrams from either side can tell more. */
  public boolean over() {
    return over;
  }

  /**
   * The ClientHello, after {@link QuicStatus#CLIENT_HELLO} or {@link
   * QuicStatus#PARTIAL_CLIENT_HELLO} and until {@link #reset}.
   */
  public ClientHello hello() {
    return reader.hello();
  }

  /**
   * The version that is spoken: that of the client's first long header until a Version Negotiation
   * or a compatible upgrade (RFC 9368) changes it; the four characters of Google QUIC; or 0.
   */
  public int version() {
    return version;
  }

  /** Whether the tag of an Initial was right, so that the flow is certainly QUIC. */
  public boolean authenticated() {
    return authenticated;
  }

  /** Whether the end that was taken for the server sent the client's Initial. */
  public boolean reversed() {
    return reversed;
  }

  /** Whether a Version Negotiation was seen. */
  public boolean versionNegotiationSeen() {
    return versionNegotiationSeen;
  }

  /** A hash of the connection identifier in the client's last long header, or 0. */
  public long clientConnection() {
    return clientConnection;
  }

  /** A hash of the connection identifier that the server last gave itself, or 0. */
  public long serverConnection() {
    return serverConnection;
  }

  /** Counts a datagram; false when nothing more is read. */
  private boolean admits(long timeNanos) {
    if (datagrams++ == 0) {
      firstNanos = timeNanos;
    }
    if (!over && (datagrams > MAX_DATAGRAMS || timeNanos - firstNanos > MAX_NANOS)) {
      counters.cryptoCapHits += !done && reader.awaitsMore() ? 1 : 0;
      finish();
      over = true;
    }
    return !over;
  }

  private void raise(QuicStatus reached) {
    if (reached.compareTo(status) > 0) {
      status = reached;
    }
  }

  /** The hello is read, or never will be; only the answer to it is still worth waiting for. */
  private void end() {
    done = true;
    over |= status != QuicStatus.CLIENT_HELLO;
    reader.release();
  }

  private void dismiss() {
    if (status == QuicStatus.UNDECIDED) {
      status = QuicStatus.NOT_QUIC;
      end();
    }
  }

  private void readPackets(ByteBuf buffer, int offset, int limit, long timeNanos) {
    boolean large = limit - offset >= MIN_CLIENT_DATAGRAM_BYTES;
    int position = offset;
    for (int i = 0; i < MAX_COALESCED && position < limit && !done; i++) {
      if (!LongHeader.isLong(buffer, position)) {
        break;
      }
      if (!header.read(buffer, position, limit)) {
        counters.malformedPackets++;
        break;
      }
      readPacket(buffer, limit, large, timeNanos);
      position = header.end;
    }
    dismiss();
  }

  private void readPacket(ByteBuf buffer, int limit, boolean large, long timeNanos) {
    boolean known = QuicVersion.isKnown(header.version);
    if (known || (header.sound && header.fixedBit && QuicVersion.isRecognised(header.version))) {
      noteHeader(buffer);
    }
    if (known && header.type == LongHeader.INITIAL) {
      readInitial(buffer, limit, header.version, timeNanos);
    } else if (!known && header.version != QuicVersion.NEGOTIATION && header.fixedBit) {
      readUnknown(buffer, limit, large, timeNanos);
    }
  }

  private void noteHeader(ByteBuf buffer) {
    version = authenticated ? version : header.version;
    clientConnection = header.hash(buffer, header.dcidOffset, header.dcidLength);
    raise(QuicStatus.HEADER);
  }

  /** After the hello the client may still be told to use another version or identifier. */
  private void noteLaterHeader(ByteBuf buffer, int offset, int limit) {
    if (LongHeader.isLong(buffer, offset)
        && header.read(buffer, offset, limit)
        && QuicVersion.isKnown(header.version)) {
      version = header.version;
      clientConnection = header.hash(buffer, header.dcidOffset, header.dcidLength);
    }
  }

  /**
   * An unknown version may be one of the known ones under another number: a greased one, or a test
   * build. Once one has fitted, only that is tried. If none does, the shape must be that of a
   * client's Initial to the byte.
   */
  private void readUnknown(ByteBuf buffer, int limit, boolean large, long timeNanos) {
    counters.unknownVersions++;
    boolean likeV2 = header.type == LongHeader.ZERO_RTT && header.readAsInitial(buffer, limit);
    if (!likeV2 && (header.type != LongHeader.INITIAL || !header.sound)) {
      return;
    }
    if (authenticated) {
      readInitial(buffer, limit, keyring.version(), timeNanos);
    } else if (unknownPackets++ < MAX_UNKNOWN_PACKETS) {
      readInitial(buffer, limit, likeV2 ? QuicVersion.V2 : QuicVersion.V1, timeNanos);
      if (!authenticated && !likeV2) {
        readInitial(buffer, limit, QuicVersion.DRAFT_29, timeNanos);
      }
    }
    if (!authenticated && large && header.end <= limit && header.mayBeFirst()) {
      noteHeader(buffer);
    }
  }

  private void readInitial(ByteBuf buffer, int limit, int keyVersion, long timeNanos) {
    int plain = keyring.openClient(buffer, header, limit, keyVersion, timeNanos);
    boolean whole = header.end <= limit;
    if (plain >= 0 && (whole || reader.beginsHello(plain))) {
      noteHeader(buffer);
      version = header.version;
      authenticated |= whole;
      raise(whole ? QuicStatus.INITIAL : QuicStatus.HEADER);
      startOverUnlessRetried();
      if (reader.readClient(plain)) {
        raise(QuicStatus.CLIENT_HELLO);
      }
    }
    if (status == QuicStatus.CLIENT_HELLO || reader.failed()) {
      finish();
    } else if (keyring.exhausted()) {
      counters.flowBudgetSkips++;
      finish();
    }
  }

  /** After a Retry the client sends the same hello again; otherwise this is a new connection. */
  private void startOverUnlessRetried() {
    if (keyring.newConnection()) {
      if (!retryPending) {
        reader.startOver();
      }
      retryPending = false;
    }
  }

  /** Whether what was taken for the server is the client: nothing else can make such an Initial. */
  private boolean beginsReversed(ByteBuf buffer, int limit, long timeNanos) {
    return !authenticated
        && header.type == LongHeader.INITIAL
        && header.end <= limit
        && header.mayBeFirst()
        && QuicVersion.isKnown(header.version)
        && reversedPackets++ < MAX_REVERSED_PACKETS
        && keyring.openClient(buffer, header, limit, header.version, timeNanos) >= 0;
  }

  private void readServerHeader(ByteBuf buffer) {
    boolean known = QuicVersion.isKnown(header.version);
    if (!known && header.version != version) {
      return;
    }
    raise(QuicStatus.HEADER);
    version = header.version;
    serverConnection = header.hash(buffer, header.scidOffset, header.scidLength);
    if (known && header.type == LongHeader.RETRY) {
      counters.retries++;
      retryPending = true;
    } else {
      over |= status == QuicStatus.CLIENT_HELLO;
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
        if (!done) {
          reader.startOver();
        }
      }
    }
  }
}
