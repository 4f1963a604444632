// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.dns.DnsDialect;
import org.dnsprism.classifier.dns.DnsMessage;
import org.dnsprism.classifier.dns.DnsParser;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.classifier.quic.DecryptionBudget;
import org.dnsprism.classifier.quic.QuicCounters;
import org.dnsprism.classifier.quic.QuicCrypto;
import org.dnsprism.classifier.quic.QuicFlow;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.dnsprism.classifier.tls.TlsCounters;
import org.dnsprism.classifier.tls.TlsStreamParser;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.dnsprism.pipeline.record.ClientPrivacy;
import org.dnsprism.pipeline.record.SummaryRecord;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.window.CaptureRun;
import org.dnsprism.pipeline.window.FlowRecords;
import org.dnsprism.pipeline.window.OwnResolvers;
import org.dnsprism.pipeline.window.SketchKey;
import org.dnsprism.pipeline.window.WorkPlan;

/**
 * No bytes make a parser throw or keep memory. With the variable JAZZER_FUZZ set to 1 new inputs
 * are searched for; without, the ones beside this class are tried again.
 */
class HostileBytesFuzzTest {
  private static final int MEMORY_BYTES = 1 << 20;

  @FuzzTest(maxDuration = "2m")
  void dnsMessage(byte[] data) {
    ByteBuf buffer = Unpooled.wrappedBuffer(data);
    for (DnsDialect dialect : DnsDialect.values()) {
      new DnsParser().parse(buffer, 0, data.length, data.length, dialect, new DnsMessage());
    }
  }

  @FuzzTest(maxDuration = "2m")
  void clientHello(byte[] data) {
    ReassemblyMemory memory = new ReassemblyMemory(MEMORY_BYTES);
    TlsStreamParser parser = new TlsStreamParser(memory, new TlsCounters());
    ByteBuf buffer = Unpooled.wrappedBuffer(data);
    for (boolean startKnown : new boolean[] {true, false}) {
      parser.reset(startKnown);
      int half = data.length / 2;
      parser.onBytes(buffer, 0, half);
      parser.onBytes(buffer, half, data.length - half);
      parser.finish();
    }
    parser.reset(false);
    assertEquals(0, memory.usedBytes(), "memory is given back");
  }

  @FuzzTest(maxDuration = "2m")
  void quicDatagrams(byte[] data) {
    ReassemblyMemory memory = new ReassemblyMemory(MEMORY_BYTES);
    QuicCrypto crypto = new QuicCrypto(new DecryptionBudget(100), new QuicCounters());
    QuicFlow flow = new QuicFlow(crypto, memory);
    ByteBuf buffer = Unpooled.wrappedBuffer(data);
    flow.onClientDatagram(buffer, 0, data.length, 0);
    flow.onServerDatagram(buffer, 0, data.length, 1);
    flow.onClientDatagram(buffer, 0, data.length / 2, 2);
    flow.finish();
    flow.reset();
    assertEquals(0, memory.usedBytes(), "memory is given back");
  }

  @FuzzTest(maxDuration = "2m")
  void frame(byte[] data) {
    if (data.length == 0) {
      return;
    }
    PacketDecoder decoder = new PacketDecoder();
    ByteBuf buffer = Unpooled.wrappedBuffer(data);
    int linkType = data[0] & 0xff;
    for (int wireLength : new int[] {data.length - 1, data.length + 500}) {
      decoder.decode(buffer, 1, data.length - 1, wireLength, 0, linkType, -1, new Packet());
      decoder.release();
    }
  }

  @FuzzTest(maxDuration = "2m")
  void capture(byte[] data) throws IOException, SinkException {
    EndpointList list = EndpointList.bundled();
    WorkPlan plan =
        new WorkPlan(
            60_000_000_000L,
            5_000_000_000L,
            1,
            WorkPlan.Flows.ALL,
            list,
            new OwnResolvers(List.of()),
            FlowSettings.DEFAULT_SUSPECT_THRESHOLD,
            SketchKey.ofSecret(new byte[SketchKey.MIN_SECRET_BYTES]),
            new FlowRecords(list, ClientPrivacy.Mode.PREFIX, new byte[0]));
    CaptureInput input = CaptureInput.of(List.of("-"), new ByteArrayInputStream(data));
    List<SummaryRecord> summaries = new ArrayList<>();
    CaptureRun.Outcome outcome;
    try {
      outcome =
          new CaptureRun(
                  plan,
                  false,
                  body -> {
                    if (body instanceof SummaryRecord summary) {
                      summaries.add(summary);
                    }
                  })
              .run(input.open(1), List.of("-"));
    } catch (IOException notACapture) {
      return;
    }
    assertTrue(
        outcome.failure() == null || outcome.inputFailed(), String.valueOf(outcome.failure()));
    assertEquals(1, summaries.size());
  }
}
