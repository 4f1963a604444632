// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.dnsprism.pipeline.record.Body;
import org.dnsprism.pipeline.record.JsonCodec;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;

/** Records of a run as it might be, in a known number. */
final class MadeRecords {
  private static final String FLOW =
      """
      {"record":"flow","schema":1,"agent":"","run":"","seq":0,"start":"","end":"",
       "end_reason":"fin","client_port":1,"server_ip":"192.0.2.1","server_port":53,
       "ip_version":4,"protocol":"udp","transport":"do53-udp","confidence":"certain",
       "evidence":[],"client_packets":1,"server_packets":1,"client_bytes":1,"server_bytes":1,
       "joined_midstream":false,"one_way":false,"sni":"%s"}
      """;
  private static final String WINDOW =
      """
      {"record":"%s","schema":1,"agent":"","run":"","seq":0,"window_start":"",
       "window_s":60,"final":true,"frames":0,"bytes":0,"dns_frames":0,"other_frames":0,
       "ddr_queries":0,"svcb_answers":0,"ech_offered":0,"suspected_flows":0,
       "unobservable_flows":0,"flows_opened":0,"duplicates":0,"midstream_flows":0,
       "elapsed_s":0,"packets_per_s":0,"windows":0,"operators_seen":0}
      """;

  private final Stamper stamper;
  private final Random random = new Random(11);

  /** Makes records of the run that a stamper stamps. */
  MadeRecords(Stamper stamper) {
    this.stamper = stamper;
  }

  /** A window: so many flows, each with so many bytes that do not pack, and its record. */
  void window(int flows, int bytes) throws SinkException {
    for (int i = 0; i < flows; i++) {
      byte[] noise = new byte[bytes * 3 / 4];
      random.nextBytes(noise);
      stamper.accept(body(FLOW.formatted(Base64.getEncoder().encodeToString(noise))));
    }
    stamper.accept(body(WINDOW.formatted("window")));
  }

  /** The last record. */
  void summary() throws SinkException {
    stamper.accept(body(WINDOW.formatted("summary")));
  }

  private static Body body(String json) {
    return JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8)).body();
  }
}
