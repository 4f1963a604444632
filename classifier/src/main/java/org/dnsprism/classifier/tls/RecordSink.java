// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

/** Told of the records that a {@link RecordWalker} passes. */
public interface RecordSink {
  /**
   * A record begins.
   *
   * @param type content type, 20 to 23 (RFC 8446, section 5.1)
   * @param length of the fragment behind the header, 0 to 18,432
   */
  void onRecord(int type, int length);

  /** Records were missed: the stream has a hole, or bytes that are no records. */
  void onLoss();
}
