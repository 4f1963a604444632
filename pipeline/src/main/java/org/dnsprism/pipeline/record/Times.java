// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as they stand in records: RFC 3339, UTC, microseconds. */
public final class Times {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** The text of a time in nanoseconds since 1970. */
  public static String text(long nanos) {
    return FORMAT.format(
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND)));
  }
}
