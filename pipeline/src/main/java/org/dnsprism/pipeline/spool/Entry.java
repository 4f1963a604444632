// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

/**
 * An encoded record that waits to be sent. It is equal to itself only.
 *
 * @param id place in the order of all records that ever wait in the same spool
 * @param source whose record it is
 * @param seq number in its source
 * @param value the record as it will be sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied nowhere
public record Entry(long id, Source source, long seq, byte[] value) {
  /** What an entry costs besides its value, roughly, in bytes. */
  private static final int OVERHEAD = 96;

  /** Memory that it takes, in bytes. */
  public long memory() {
    return (long) value.length + OVERHEAD;
  }
}
