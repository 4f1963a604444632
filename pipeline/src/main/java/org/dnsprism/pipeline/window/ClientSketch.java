// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How many different clients were seen: an UltraLogLog with precision 10, 1 KiB, standard error 2.3
 * %. Sketches of several agents, windows or transports can be merged if they have the same {@link
 * SketchKey}.
 */
public final class ClientSketch {
  private static final int PRECISION = 10;

  private @Nullable UltraLogLog sketch;

  /** Adds the hash of a client's address. */
  void add(long hash) {
    made().add(hash);
  }

  void addAll(ClientSketch other) {
    if (other.sketch != null) {
      made().add(other.sketch);
    }
  }

  private UltraLogLog made() {
    UltraLogLog present = sketch;
    if (present == null) {
      present = UltraLogLog.create(PRECISION);
      sketch = present;
    }
    return present;
  }

  /** The estimated number of clients. */
  public long estimate() {
    return sketch == null ? 0 : Math.round(sketch.getDistinctCountEstimate());
  }

  /** The sketch's state, deflated (RFC 1950) and in base64, or null when no client was added. */
  public @Nullable String encoded() {
    return sketch == null ? null : Base64.getEncoder().encodeToString(deflated(sketch.getState()));
  }

  private static byte[] deflated(byte[] state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(state);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    return bytes.toByteArray();
  }
}
