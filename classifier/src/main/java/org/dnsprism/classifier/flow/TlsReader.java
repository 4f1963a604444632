// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.tls.ServerFlight;
import org.dnsprism.classifier.tls.TlsStatus;
import org.dnsprism.classifier.tls.TlsStreamParser;
import org.dnsprism.classifier.verdict.Evidence;

/** Reads the handshake of a TLS connection and lets the flow go as soon as it is known. */
final class TlsReader {
  private final FlowState state;
  private final InspectionContext context;
  private final TlsStreamParser client;
  private final ServerFlight server;
  private int entry;
  private boolean clientDone;
  private boolean retryNoted;
  private boolean serverDone;

  TlsReader(FlowState state, InspectionContext context) {
    this.state = state;
    this.context = context;
    client = new TlsStreamParser(context.memory, context.tls);
    server = new ServerFlight(context.memory);
  }

  /** Begins a flow; a side whose start is not known is searched for records. */
  void begin(int flowEntry, boolean clientStartKnown, boolean serverStartKnown) {
    entry = flowEntry;
    clientDone = false;
    retryNoted = false;
    serverDone = false;
    client.reset(clientStartKnown);
    server.reset(serverStartKnown);
  }

  void reset() {
    client.reset(false);
    server.reset(false);
  }

  boolean finished() {
    return clientDone && serverDone;
  }

  void bytes(boolean fromClient, ByteBuf buffer, int offset, int length, long timeNanos) {
    if (fromClient) {
      readClient(buffer, offset, length, timeNanos);
    } else if (!serverDone) {
      noteAnswer(timeNanos);
      server.onBytes(buffer, offset, length);
      noteServerIfKnown();
    }
  }

  private void readClient(ByteBuf buffer, int offset, int length, long timeNanos) {
    if (clientDone && !client.wantsMore()) {
      return;
    }
    client.onBytes(buffer, offset, length);
    if (!clientDone) {
      noteClientIfKnown(timeNanos);
    } else if (client.hello().retried() && !retryNoted) {
      retryNoted = true;
      noteHello(timeNanos); // after a HelloRetryRequest the second hello counts
    }
  }

  private void noteClientIfKnown(long timeNanos) {
    boolean hello = client.status() == TlsStatus.CLIENT_HELLO;
    if (hello || !client.wantsMore()) {
      noteClient(timeNanos);
    }
  }

  void gap(boolean fromClient, long length) {
    if (fromClient) {
      client.onGap(length);
      if (!clientDone) {
        noteClientIfKnown(-1);
        clientDone |= serverDone; // the client is not captured, and the server said what it says
      }
    } else {
      server.onGap(length);
      noteServerIfKnown();
    }
  }

  void restart(boolean fromClient) {
    if (fromClient) {
      client.onRestart();
    } else {
      server.onRestart();
    }
  }

  /** No more bytes: a hello that is half there is read as far as it goes. */
  void end() {
    if (!clientDone) {
      client.finish();
      noteClient(-1);
    }
    if (!serverDone) {
      noteServer();
    }
  }

  private void noteClient(long timeNanos) {
    clientDone = true;
    TlsStatus status = client.status();
    if (status == TlsStatus.CLIENT_HELLO || status == TlsStatus.PARTIAL_CLIENT_HELLO) {
      noteHello(timeNanos);
    } else if (status == TlsStatus.RECORDS) {
      state.addEvidence(entry, Evidence.TLS_RECORDS.bit());
      serverDone = true;
    } else if (status == TlsStatus.MALFORMED) {
      state.addEvidence(entry, Evidence.TLS_RECORDS.bit());
    } else if (status == TlsStatus.NOT_TLS) {
      state.addEvidence(entry, Evidence.NOT_DNS.bit());
      serverDone = true;
    }
    state.decide(entry);
  }

  private void noteHello(long timeNanos) {
    FlowDetails details = state.detailsOf(entry);
    if (details != null) {
      HandshakeNotes.keep(client.hello(), false, context.ja4, details);
      details.helloNanos = timeNanos;
      details.tlsNanos = -1;
    }
    state.learnClient(entry, (state.key(entry) & FlowLayout.CLIENT_A) != 0);
    state.addEvidence(entry, Evidence.TLS.bit() | HandshakeNotes.evidence(client.hello()));
    state.decide(entry);
  }

  private void noteAnswer(long timeNanos) {
    FlowDetails details = state.detailsOrNull(entry);
    if (details != null && details.helloNanos >= 0 && details.tlsNanos < 0) {
      details.tlsNanos = Math.max(0, timeNanos - details.helloNanos);
    }
  }

  private void noteServerIfKnown() {
    boolean midstream = server.recordsSeen() && !server.serverHelloSeen();
    clientDone |= midstream; // no hello will follow
    if (midstream || server.done()) {
      noteServer();
    }
  }

  private void noteServer() {
    serverDone = true;
    boolean clientSeen = Evidence.TLS.in(state.evidence(entry));
    if (server.serverHelloSeen()) {
      noteServerHello(clientSeen);
      state.decide(entry);
    } else if (server.recordsSeen() && !clientSeen) {
      state.addEvidence(entry, Evidence.TLS_RECORDS.bit());
      state.decide(entry);
    }
  }

  /** What the client would have said is taken from the server where the client was not seen. */
  private void noteServerHello(boolean clientSeen) {
    state.addEvidence(entry, Evidence.TLS_SERVER.bit());
    FlowDetails details = state.detailsOf(entry);
    if (details != null && server.version() != 0) {
      details.tlsVersion = server.version();
    }
    if (!clientSeen) {
      state.learnClient(entry, (state.key(entry) & FlowLayout.CLIENT_A) != 0);
      state.addEvidence(entry, HandshakeNotes.alpn(server.alpnProtocols()));
      if (details != null) {
        HandshakeNotes.keepChosen(server, details);
      }
    }
    if (!Evidence.SNI.in(state.evidence(entry)) && server.certificateNamesLength() > 0) {
      state.noteCertificate(entry, server.certificateNames(), server.certificateNamesLength());
    }
  }
}
