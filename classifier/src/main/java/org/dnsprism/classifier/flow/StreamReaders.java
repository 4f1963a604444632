// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.verdict.Evidence;

/** Chooses the reader of a TCP connection by port and first bytes, and passes the bytes on. */
final class StreamReaders {
  private static final int DNS_PORT = 53;
  private static final long TLS_SEEN =
      Evidence.TLS.bit() | Evidence.TLS_SERVER.bit() | Evidence.TLS_RECORDS.bit();

  private enum Mode {
    NONE,
    DNS,
    TLS,
    HTTP,
    DNSCRYPT,
    /** Joined in the middle, maybe of a record or a message. */
    SEARCH,
    DONE
  }

  private final FlowState state;
  private final TlsReader tls;
  private final DnsReader dns;
  private final HttpReader http;
  private final DnsCryptReader dnscrypt;
  private final Head clientHead = new Head(true);
  private final Head serverHead = new Head(false);
  private Mode mode = Mode.NONE;
  private int entry;

  /** The first bytes of one side, while they are too few to choose by. */
  private static final class Head {
    final boolean ofClient;
    final ByteBuf bytes = Unpooled.wrappedBuffer(new byte[FirstBytes.ENOUGH]);
    int length;
    boolean startKnown;

    Head(boolean ofClient) {
      this.ofClient = ofClient;
    }

    void clear() {
      length = 0;
      startKnown = false;
    }

    /** Takes what it has room for. */
    int add(ByteBuf buffer, int offset, int count) {
      int taken = Math.min(count, FirstBytes.ENOUGH - length);
      bytes.setBytes(length, buffer, offset, taken);
      length += taken;
      return taken;
    }
  }

  StreamReaders(FlowState state, InspectionContext context) {
    this.state = state;
    tls = new TlsReader(state, context);
    dns = new DnsReader(state, context);
    http = new HttpReader(state, context.notes);
    dnscrypt = new DnsCryptReader(state, context);
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    mode = Mode.NONE;
    clientHead.clear();
    serverHead.clear();
  }

  void clientStartKnown() {
    clientHead.startKnown = true;
  }

  void serverStartKnown() {
    serverHead.startKnown = true;
  }

  /** Whether nothing more can be learned. */
  boolean finished() {
    return switch (mode) {
      case NONE, SEARCH -> false;
      case DNS -> dns.finished();
      case TLS -> tls.finished();
      case HTTP -> http.finished();
      case DNSCRYPT -> dnscrypt.finished();
      case DONE -> true;
    };
  }

  /** Whether the connection carries readable messages and is read until its end. */
  boolean endless() {
    return mode == Mode.DNS || mode == Mode.DNSCRYPT;
  }

  /** Whether the first bytes were those of TLS. */
  boolean readsTls() {
    return mode == Mode.TLS;
  }

  void bytes(boolean fromClient, ByteBuf buffer, int offset, int length, long timeNanos) {
    int held = 0;
    if (mode == Mode.NONE) {
      Head head = fromClient ? clientHead : serverHead;
      if (head.length == 0 && suffices(fromClient, buffer, offset, length)) {
        choose(fromClient, buffer, offset, length);
      } else {
        held = head.add(buffer, offset, length);
        if (head.length < FirstBytes.ENOUGH) {
          return;
        }
        choose(fromClient, head.bytes, 0, head.length);
      }
      passHeads(timeNanos);
    }
    if (held < length) {
      pass(fromClient, buffer, offset + held, length - held, timeNanos);
    }
  }

  private boolean suffices(boolean fromClient, ByteBuf buffer, int offset, int length) {
    return length >= FirstBytes.ENOUGH
        || (!onPort() && FirstBytes.tls(buffer, offset, length, fromClient));
  }

  private boolean onPort() {
    long key = state.key(entry);
    return FlowLayout.portA(key) == DNS_PORT || FlowLayout.portB(key) == DNS_PORT;
  }

  private void passHeads(long timeNanos) {
    passHead(clientHead, timeNanos);
    passHead(serverHead, timeNanos);
  }

  private void passHead(Head head, long timeNanos) {
    if (head.length > 0) {
      int length = head.length;
      head.length = 0;
      pass(head.ofClient, head.bytes, 0, length, timeNanos);
    }
  }

  private void pass(boolean fromClient, ByteBuf buffer, int offset, int length, long timeNanos) {
    switch (mode) {
      case DNS -> dns.bytes(fromClient, buffer, offset, length, timeNanos);
      case TLS -> tls.bytes(fromClient, buffer, offset, length, timeNanos);
      case HTTP -> http.bytes(fromClient, buffer, offset, length, timeNanos);
      case DNSCRYPT -> dnscrypt.bytes(fromClient, buffer, offset, length);
      case SEARCH -> search(fromClient, buffer, offset, length, timeNanos);
      case NONE, DONE -> {}
    }
  }

  void gap(boolean fromClient, long length, long timeNanos) {
    if (mode == Mode.NONE) {
      (fromClient ? clientHead : serverHead).startKnown = false;
      settle(timeNanos);
    }
    switch (mode) {
      case DNS -> dns.gap(fromClient);
      case TLS -> tls.gap(fromClient, length);
      case DNSCRYPT -> dnscrypt.gap();
      case SEARCH -> {
        dns.gap(fromClient);
        tls.gap(fromClient, length);
      }
      case HTTP -> http.gap(fromClient);
      case NONE, DONE -> {}
    }
  }

  void restart(boolean fromClient) {
    (fromClient ? clientHead : serverHead).length = 0;
    switch (mode) {
      case DNS -> dns.restart(fromClient);
      case TLS -> tls.restart(fromClient);
      case DNSCRYPT -> dnscrypt.gap();
      case SEARCH -> {
        dns.restart(fromClient);
        tls.restart(fromClient);
      }
      case HTTP -> http.gap(fromClient);
      case NONE, DONE -> {}
    }
  }

  /** No more bytes will follow those that are held: they must do. */
  private void settle(long timeNanos) {
    Head head = clientHead.length > 0 ? clientHead : serverHead;
    if (head.length > 0) {
      choose(head.ofClient, head.bytes, 0, head.length);
      passHeads(timeNanos);
    }
  }

  private void choose(boolean fromClient, ByteBuf buffer, int offset, int length) {
    boolean onPort = onPort();
    boolean framed = FirstBytes.framedDns(buffer, offset, length);
    if (onPort
        ? FirstBytes.hello(buffer, offset, length)
        : FirstBytes.tls(buffer, offset, length, fromClient)) {
      mode = Mode.TLS;
      tls.begin(entry, clientHead.startKnown, serverHead.startKnown);
    } else if (FirstBytes.http(buffer, offset, length)) {
      mode = Mode.HTTP;
      http.begin(entry);
    } else if (!framed && FirstBytes.framedDnsCrypt(buffer, offset, length, fromClient)) {
      mode = Mode.DNSCRYPT;
      dnscrypt.begin(entry);
    } else if (onPort) {
      mode = Mode.DNS;
      dns.begin(entry, clientHead.startKnown, serverHead.startKnown);
    } else if (framed || clientHead.startKnown || serverHead.startKnown) {
      mode = Mode.DNS;
      dns.beginElsewhere(entry, framed);
    } else {
      mode = Mode.SEARCH;
      dns.beginSearch(entry);
      tls.begin(entry, false, false);
    }
  }

  /** Looks for messages and for records until either is found. */
  private void search(boolean fromClient, ByteBuf buffer, int offset, int length, long timeNanos) {
    dns.bytes(fromClient, buffer, offset, length, timeNanos);
    if (dns.found()) {
      mode = Mode.DNS;
      tls.reset();
      return;
    }
    tls.bytes(fromClient, buffer, offset, length, timeNanos);
    if (dns.finished() || (state.evidence(entry) & TLS_SEEN) != 0) {
      mode = Mode.TLS;
      dns.reset();
    }
  }

  /** No more bytes will come. */
  void end(long timeNanos) {
    if (mode == Mode.NONE) {
      settle(timeNanos);
    }
    switch (mode) {
      case DNS -> dns.end();
      case TLS, SEARCH -> tls.end();
      case HTTP -> http.end();
      case DNSCRYPT -> dnscrypt.end();
      case NONE -> state.decide(entry);
      case DONE -> {}
    }
    mode = Mode.DONE;
  }

  void reset() {
    tls.reset();
    dns.reset();
    dnscrypt.reset();
    mode = Mode.NONE;
  }
}
