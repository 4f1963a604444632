// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import io.netty.buffer.ByteBuf;
import org.dnsprism.classifier.http.CleartextDoh;
import org.dnsprism.classifier.http.ForwardedRequest;
import org.dnsprism.classifier.learned.ForwardedHost;
import org.dnsprism.classifier.verdict.Evidence;

/** Looks for DNS in the first requests and answers of a cleartext HTTP connection. */
final class HttpReader {
  /** Bytes of both sides after which a connection without DNS is let go. */
  private static final int MAX_BYTES = 1 << 13;

  private final FlowState state;
  private int entry;
  private int looked;
  private boolean finished;

  HttpReader(FlowState state) {
    this.state = state;
  }

  void begin(int flowEntry) {
    entry = flowEntry;
    looked = 0;
    finished = false;
  }

  boolean finished() {
    return finished;
  }

  void bytes(ByteBuf buffer, int offset, int length, long timeNanos) {
    if (finished) {
      return;
    }
    int look = Math.min(length, MAX_BYTES - looked);
    looked += look;
    if (CleartextDoh.in(buffer, offset, look)) {
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
      state.notes().noteForwarded(server, timeNanos);
    }
  }

  void end() {
    finished = true;
    state.decide(entry);
  }
}
