// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.verdict.Evidence;

/** Chooses the reader of a TCP connection by port and first bytes, and passes the bytes on. */
final class StreamReaders {
  private static final int DNS_PORT = 53;

  private enum Mode {
    NONE,
    DNS,
    TLS,
    HTTP,
    DNSCRYPT,
    DONE
  }

  private final FlowState state;
  private final TlsReader tls;
  private final DnsReader dns;
  private final HttpReader http;
  private final DnsCryptReader dnscrypt;
  private Mode mode = Mode.NONE;
  private int entry;
  private boolean clientStartKnown;
  private boolean serverStartKnown;

  StreamReaders(FlowState state, InspectionContext context) {
    this.state = state;
    tls = new TlsReader(state, context);
    dns = new DnsReader(state, context);
    http = new HttpReader(state);
    dnscrypt = new DnsCryptReader(state, context);
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    mode = Mode.NONE;
    clientStartKnown = false;
    serverStartKnown = false;
  }

  void clientStartKnown() {
    clientStartKnown = true;
  }

  void serverStartKnown() {
    serverStartKnown = true;
  }

  /** Whether nothing more can be learned. */
  boolean finished() {
    return switch (mode) {
      case NONE -> false;
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
    if (mode == Mode.NONE) {
      choose(fromClient, buffer, offset, length);
    }
    switch (mode) {
      case DNS -> dns.bytes(fromClient, buffer, offset, length, timeNanos);
      case TLS -> tls.bytes(fromClient, buffer, offset, length, timeNanos);
      case HTTP -> http.bytes(buffer, offset, length, timeNanos);
      case DNSCRYPT -> dnscrypt.bytes(fromClient, buffer, offset, length);
      case NONE, DONE -> {}
    }
  }

  void gap(boolean fromClient, long length) {
    switch (mode) {
      case DNS -> dns.gap(fromClient);
      case TLS -> tls.gap(fromClient, length);
      case DNSCRYPT -> dnscrypt.gap();
      case HTTP, NONE, DONE -> {}
    }
  }

  void restart(boolean fromClient) {
    if (mode == Mode.TLS) {
      tls.restart(fromClient);
    } else if (mode == Mode.DNSCRYPT) {
      dnscrypt.gap();
    } else if (mode == Mode.DNS) {
      dns.restart(fromClient);
    }
  }

  private void choose(boolean fromClient, ByteBuf buffer, int offset, int length) {
    long key = state.key(entry);
    if (FlowLayout.portA(key) == DNS_PORT || FlowLayout.portB(key) == DNS_PORT) {
      mode = Mode.DNS;
      dns.begin(entry, true, clientStartKnown, serverStartKnown);
    } else if (FirstBytes.tls(buffer, offset, length, fromClient)) {
      mode = Mode.TLS;
      tls.begin(entry, clientStartKnown, serverStartKnown);
    } else if (FirstBytes.http(buffer, offset, length)) {
      mode = Mode.HTTP;
      http.begin(entry);
    } else if (FirstBytes.framedDns(buffer, offset, length)) {
      mode = Mode.DNS;
      dns.begin(entry, false, clientStartKnown, serverStartKnown);
    } else if (FirstBytes.framedDnsCrypt(buffer, offset, length, fromClient)) {
      mode = Mode.DNSCRYPT;
      dnscrypt.begin(entry);
    } else if (!clientStartKnown && !serverStartKnown) {
      mode = Mode.TLS; // joined in the middle, maybe of a record
      tls.begin(entry, false, false);
    } else {
      mode = Mode.DONE;
      state.addEvidence(entry, Evidence.NOT_DNS.bit());
      state.decide(entry);
    }
  }

  /** No more bytes will come. */
  void end() {
    switch (mode) {
      case DNS -> dns.end();
      case TLS -> tls.end();
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
