// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tcp.StreamSink;

/**
 * Looks for the ClientHello in what a client sends over TCP. The bytes come in order, in any
 * pieces; the hello may lie in any number of records (RFC 8446, section 5.1). A stream that was
 * joined in the middle is recognised by records that chain. Meant to be kept in a pool: {@link
 * #reset} makes it new and gives its memory back. Not thread-safe.
 */
public final class TlsStreamParser extends RecordStream implements StreamSink {
  /** A record header and the type of the first handshake message: enough to decide. */
  private static final int LEAD_BYTES = TlsRecord.HEADER_BYTES + 1;

  /** Records after the hello among which a second one is looked for. */
  private static final int MAX_RECORDS_AFTER_HELLO = 16;

  private enum Mode {
    /** Too few bytes to decide. */
    START,
    /** The hello is being read, or a second one waited for. */
    HELLO,
    /** A hello in the format of SSL version 2. */
    SSLV2,
    /** Looking for records that chain. */
    SEARCH,
    /** Nothing more can be learned. */
    DONE
  }

  private final TlsCounters counters;
  private final ClientHello hello = new ClientHello();
  private final ByteBuf lead = Unpooled.wrappedBuffer(new byte[LEAD_BYTES]);
  private Mode mode = Mode.START;
  private TlsStatus status = TlsStatus.UNDECIDED;
  private boolean startKnown;
  private int leadLength;
  private int searchedBytes;
  private int recordsAfterHello;
  private int chainedRecords;
  private boolean chaining;

  /** Makes one that is ready for a stream whose start is seen. */
  public TlsStreamParser(ReassemblyMemory memory, TlsCounters counters) {
    super(memory);
    this.counters = counters;
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
    mode = Mode.START;
    status = TlsStatus.UNDECIDED;
    leadLength = 0;
    searchedBytes = 0;
    recordsAfterHello = 0;
    chaining = false;
  }

  /** Reads the next bytes of the stream. */
  public TlsStatus feed(ByteBuf buffer, int offset, int length) {
    if (length <= 0) {
      return status;
    }
    if (mode == Mode.START) {
      start(buffer, offset, length);
    } else {
      dispatch(buffer, offset, length);
    }
    return status;
  }

  @Override
  public void onBytes(ByteBuf buffer, int offset, int length) {
    feed(buffer, offset, length);
  }

  @Override
  public void onGap(long length) {
    switch (mode) {
      case START, SEARCH -> search();
      case HELLO, SSLV2 -> finish();
      case DONE -> {}
    }
  }

  @Override
  public void onRestart() {
    reset(false);
  }

  /** No more bytes will come: a hello that is not whole is read as far as it goes. */
  public TlsStatus finish() {
    if (status == TlsStatus.NEED_MORE) {
      ByteBuf block = block();
      if (mode == Mode.SSLV2 || block == null) {
        end(TlsStatus.RECORDS);
      } else {
        HelloStatus read = ClientHelloParser.parse(block, 0, assembled(), hello);
        boolean partial = read == HelloStatus.NEED_MORE;
        counters.partialHellos += partial ? 1 : 0;
        end(partial ? TlsStatus.PARTIAL_CLIENT_HELLO : malformed());
      }
    } else if (mode != Mode.START) {
      end(status);
    }
    return status;
  }

  /** What is known of the stream. */
  public TlsStatus status() {
    return status;
  }

  /** Whether more bytes can tell more: the rest of the hello, or a second one. */
  public boolean wantsMore() {
    return mode != Mode.DONE;
  }

  /**
   * The ClientHello, after {@link TlsStatus#CLIENT_HELLO} or {@link TlsStatus#PARTIAL_CLIENT_HELLO}
   * and until {@link #reset}.
   */
  public ClientHello hello() {
    return hello;
  }

  private void start(ByteBuf buffer, int offset, int length) {
    if (leadLength == 0 && length >= LEAD_BYTES) {
      decide(buffer, offset);
      dispatch(buffer, offset, length);
      return;
    }
    int count = Math.min(LEAD_BYTES - leadLength, length);
    buffer.getBytes(offset, lead, leadLength, count);
    leadLength += count;
    if (leadLength == LEAD_BYTES) {
      decide(lead, 0);
      dispatch(lead, 0, LEAD_BYTES);
      dispatch(buffer, offset + count, length - count);
    } else if (startKnown
        && lead.getByte(0) >= 0
        && !TlsRecord.canBegin(lead, 0, leadLength)
        && !ProxyPreamble.canBegin(lead, 0, leadLength)) {
      end(TlsStatus.NOT_TLS);
    }
  }

  /** Chooses the mode by the first six bytes. */
  private void decide(ByteBuf buffer, int offset) {
    if (TlsRecord.beginsClientHello(buffer, offset, offset + LEAD_BYTES)) {
      mode = Mode.HELLO;
      status = TlsStatus.NEED_MORE;
    } else if (Sslv2Hello.canBegin(buffer, offset)) {
      mode = Mode.SSLV2;
      status = TlsStatus.NEED_MORE;
    } else if (startKnown
        && !TlsRecord.isPlausible(buffer, offset)
        && !ProxyPreamble.canBegin(buffer, offset, LEAD_BYTES)) {
      end(TlsStatus.NOT_TLS);
    } else {
      search();
    }
  }

  private void dispatch(ByteBuf buffer, int offset, int length) {
    if (length <= 0) {
      return;
    }
    switch (mode) {
      case HELLO -> read(buffer, offset, length);
      case SSLV2 -> readSslv2(buffer, offset, offset + length);
      case SEARCH -> searchPiece(buffer, offset, offset + length);
      case START, DONE -> {}
    }
  }

  private void readSslv2(ByteBuf buffer, int offset, int end) {
    int position = offset;
    int goal = Sslv2Hello.HEADER_BYTES;
    if (assembled() < goal) {
      position = collect(buffer, position, end, goal);
    }
    ByteBuf block = block();
    if (block == null || assembled() < goal) {
      return;
    }
    goal = Sslv2Hello.messageLength(block, 0);
    collect(buffer, position, end, goal);
    block = block();
    if (block != null && assembled() == goal) {
      finishFirst(Sslv2Hello.parse(block, 0, goal, hello), true);
      end(status);
    }
  }

  private void search() {
    mode = Mode.SEARCH;
    status = TlsStatus.UNDECIDED;
    chaining = false;
  }

  private void searchPiece(ByteBuf buffer, int offset, int end) {
    int position = offset;
    if (!chaining) {
      position = TlsRecord.find(buffer, offset, end);
      if (position < 0) {
        missed(end - offset);
        return;
      }
      resetRecords();
      chaining = true;
      chainedRecords = 0;
      if (TlsRecord.beginsClientHello(buffer, position, end)) {
        mode = Mode.HELLO;
        status = TlsStatus.NEED_MORE;
      }
    }
    read(buffer, position, end - position);
    if (mode == Mode.SEARCH && chaining && chainedRecords > 0 && atRecordStart()) {
      recognise();
    }
  }

  private void missed(int length) {
    chaining = false;
    searchedBytes += length;
    if (searchedBytes > TlsRecord.MAX_SEARCHED_BYTES) {
      end(TlsStatus.NOT_TLS);
    }
  }

  private void recognise() {
    counters.midstreamStreams++;
    end(TlsStatus.RECORDS);
  }

  private void end(TlsStatus last) {
    stop();
    status = last;
    mode = Mode.DONE;
  }

  private TlsStatus malformed() {
    counters.malformedHellos++;
    return TlsStatus.MALFORMED;
  }

  private void finishFirst(HelloStatus read, boolean assembledHello) {
    if (read != HelloStatus.COMPLETE) {
      end(malformed());
      return;
    }
    status = TlsStatus.CLIENT_HELLO;
    counters.clientHellos++;
    counters.assembledHellos += assembledHello ? 1 : 0;
  }

  @Override
  void onRecord(int type, int length) {
    if (mode == Mode.SEARCH) {
      if (++chainedRecords == 2) {
        recognise();
      }
    } else if (status == TlsStatus.CLIENT_HELLO) {
      boolean hopeless =
          type == TlsRecord.ALERT || (type == TlsRecord.APPLICATION_DATA && !hello.earlyData);
      if (hopeless || ++recordsAfterHello > MAX_RECORDS_AFTER_HELLO) {
        end(status);
      }
    } else if (type != TlsRecord.HANDSHAKE) {
      end(malformed());
    }
  }

  @Override
  boolean wantsMessage(int type) {
    boolean wanted = mode == Mode.HELLO && type == ClientHelloParser.TYPE_CLIENT_HELLO;
    if (mode == Mode.HELLO && !wanted) {
      end(status == TlsStatus.CLIENT_HELLO ? status : malformed());
    }
    return wanted;
  }

  @Override
  void onMessage(ByteBuf buffer, int offset, int length) {
    if (status == TlsStatus.CLIENT_HELLO) {
      ClientHelloParser.parseSecond(buffer, offset, length, hello);
      counters.secondHellos++;
      end(status);
    } else {
      HelloStatus read = ClientHelloParser.parse(buffer, offset, length, hello);
      finishFirst(read, assembled() > 0);
    }
  }

  @Override
  void onAlert(int description) {}

  @Override
  void onBroken() {
    if (mode == Mode.SEARCH) {
      stop();
      missed(TlsRecord.HEADER_BYTES);
    } else {
      end(status == TlsStatus.CLIENT_HELLO ? status : malformed());
    }
  }

  @Override
  void onRefused(boolean tooLong) {
    if (status == TlsStatus.CLIENT_HELLO) {
      end(status);
      return;
    }
    counters.tooLongHellos += tooLong ? 1 : 0;
    counters.memoryRefusals += tooLong ? 0 : 1;
    end(TlsStatus.MALFORMED);
  }
}
