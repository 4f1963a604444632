// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.util.List;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.spool.Spool;
import org.dnsprism.pipeline.spool.SpoolException;
import org.dnsprism.pipeline.spool.SpoolFolder;

/** Sends what ended runs have left in their spools. */
public final class SpoolDrain {
  private SpoolDrain() {}

  /**
   * Sends it; spools that running processes have are left to them.
   *
   * @return how many records were sent
   * @throws SinkException when something is left over
   */
  public static long run(KafkaSettings settings, DeliverySettings delivery) throws SinkException {
    long sent = 0;
    try {
      List<Spool> filled = SpoolFolder.openFilled(delivery.spool(), settings.target());
      for (Spool spool : filled) {
        sent += spool.counts().values().stream().mapToLong(Long::longValue).sum();
      }
      for (Spool spool : filled) {
        KafkaSink sink = new KafkaSink(settings, delivery, spool);
        try {
          sink.finish();
        } finally {
          sink.close();
        }
      }
    } catch (SpoolException e) {
      throw KafkaFailures.spool(e);
    }
    return sent;
  }
}
