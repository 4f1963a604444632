// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.dnsprism.pipeline.record.Envelope;
import org.dnsprism.pipeline.record.JsonCodec;

/** Writes every record as one line of JSON to a stream. */
public final class JsonLinesSink implements RecordSink {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;

  /** Writes to a stream, which stays open. */
  public JsonLinesSink(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public void accept(Envelope record) throws SinkException {
    try {
      out.write(JsonCodec.encode(record));
      out.write('\n');
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void finish() throws SinkException {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static SinkException failed(IOException e) {
    return new SinkException(
        SinkException.Cause.OUTPUT, "standard output cannot be written: " + e.getMessage(), e);
  }

  @Override
  public void close() {}
}
