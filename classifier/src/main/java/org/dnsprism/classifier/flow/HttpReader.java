// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.dnsprism.classifier.http.CleartextDoh;
import org.dnsprism.classifier.http.ForwardedRequest;
import org.dnsprism.classifier.learned.ForwardedHost;
import org.dnsprism.classifier.learned.LearnedNotes;
import org.dnsprism.classifier.verdict.Evidence;

/** Looks for DNS in the first requests and answers of a cleartext HTTP connection. */
final class HttpReader {
  /** Bytes of both sides after which a connection without DNS is let go. */
  private static final int MAX_BYTES = 1 << 12;

  private final FlowState state;
  private final LearnedNotes notes;
  private final Seam client = new Seam();
  private final Seam server = new Seam();
  private int entry;
  private int looked;
  private boolean finished;

  /** The last bytes of one side, with the first ones of the piece behind them. */
  private static final class Seam {
    private final ByteBuf bytes = Unpooled.wrappedBuffer(new byte[2 * CleartextDoh.MAX_SEAM]);
    private int held;

    /** Whether what began in the pieces before and goes on in this one speaks of DNS. */
    boolean speaksOfDns(ByteBuf buffer, int offset, int length) {
      int fresh = Math.min(CleartextDoh.MAX_SEAM, length);
      bytes.setBytes(held, buffer, offset, fresh);
      boolean found = held > 0 && CleartextDoh.in(bytes, 0, held + fresh);
      int old = Math.min(held, CleartextDoh.MAX_SEAM - fresh);
      bytes.setBytes(0, bytes, held - old, old);
      bytes.setBytes(old, buffer, offset + length - fresh, fresh);
      held = old + fresh;
      return found;
    }
  }

  HttpReader(FlowState state, LearnedNotes notes) {
    this.state = state;
    this.notes = notes;
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    looked = 0;
    finished = false;
    client.held = 0;
    server.held = 0;
  }

  /** What comes next does not join what came last. */
  void gap(boolean fromClient) {
    (fromClient ? client : server).held = 0;
  }

  boolean finished() {
    return finished;
  }

  void bytes(boolean fromClient, ByteBuf buffer, int offset, int length, long timeNanos) {
    if (finished) {
      return;
    }
    int look = Math.min(length, MAX_BYTES - looked);
    looked += look;
    Seam seam = fromClient ? client : server;
    if (seam.speaksOfDns(buffer, offset, look) || CleartextDoh.in(buffer, offset, look)) {
      state.addEvidence(entry, Evidence.HTTP_DNS.bit());
      learn(buffer, offset, look, timeNanos);
      end();
    } else if (looked >= MAX_BYTES) {
      end();
    }
  }

  private void learn(ByteBuf buffer, int offset, int length, long timeNanos) {
    String host = ForwardedRequest.host(buffer, offset, length);
    ForwardedHost server = host == null ? null : ForwardedHost.of(host);
    if (server != null) {
      notes.noteForwarded(server, timeNanos);
    }
  }

  void end() {
    finished = true;
    state.decide(entry);
  }
}
