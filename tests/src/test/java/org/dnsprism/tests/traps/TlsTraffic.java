// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.traps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dnsprism.capture.FrameSource;
import org.dnsprism.capture.file.CaptureInput;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.dnsprism.classifier.tls.HelloBuilder;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.Packet;
import org.dnsprism.classifier.wire.PacketDecoder;
import org.dnsprism.pipeline.record.FlowRecord;
import org.dnsprism.tests.LabCaptures;

/** Payloads of TLS, the resolvers that these traps know, and what they ask of a flow's record. */
final class TlsTraffic {
  static final int HANDSHAKE = 22;

  /** Serves nothing but DNS. */
  static final String RESOLVER = "198.51.100.53";

  /** Serves other content too. */
  static final String SHARED_SERVER = "198.51.100.80";

  /** Is in no list. */
  static final String STRANGER = "203.0.113.7";

  private static final int APPLICATION_DATA = 23;

  private TlsTraffic() {}

  /** A list of two addresses and three names; one of them is that of an ECH front. */
  static EndpointList resolvers() {
    String text =
        """
        kind\tvalue\toperator\tprotocols\tsharing
        exact\tdns.test\tA\tdot:853,doh:443\tdedicated
        exact\tcommon.example\tA\tdoh:443\tdedicated
        exact\tcloudflare-ech.com\tB\tdoh:443\tdedicated
        address\t%s\tA\tdo53:53,dot:853,dot:8853,doh:443\tdedicated
        address\t%s\tB\tdot:853,doh:443\tshared
        """
            .formatted(RESOLVER, SHARED_SERVER);
    try {
      return EndpointList.parse(List.of(new EndpointSource("traps", new StringReader(text))));
    } catch (EndpointListException e) {
      throw new AssertionError(e);
    }
  }

  /** A capture of Ethernet whose flows are judged by that list. */
  static TrapCapture capture() {
    return TrapCapture.ethernet().endpoints(resolvers());
  }

  /** A hello in one record. */
  static byte[] record(HelloBuilder hello) {
    return HelloBuilder.record(HANDSHAKE, hello.message());
  }

  /** A hello of today's browsers without a name. */
  static HelloBuilder nameless(String... alpn) {
    return new HelloBuilder().alpn(alpn).keyShare(29, 32).versions(0x0304, 0x0303);
  }

  /** Records of encrypted data with these lengths, one behind the other. */
  static byte[] encrypted(int seed, int... lengths) {
    Random random = new Random(seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int length : lengths) {
      byte[] fragment = new byte[length];
      random.nextBytes(fragment);
      byte[] record = HelloBuilder.record(APPLICATION_DATA, fragment);
      record[2] = 3; // TLS 1.2 and later
      out.writeBytes(record);
    }
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** The hello of Chromium in a capture of the lab: 1,965 bytes in two segments. */
  static byte[] chromiumHello() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String path = LabCaptures.path("doh-chromium.pcapng").toString();
    PacketDecoder decoder = new PacketDecoder();
    Packet packet = new Packet();
    try (FrameSource source =
        CaptureInput.of(List.of(path), InputStream.nullInputStream()).open(1).get(0)) {
      while (out.size() < 1965
          && source.poll(
                  (buffer, offset, captured, wire, time, link, tag) -> {
                    DecodeStatus status =
                        decoder.decode(buffer, offset, captured, wire, time, link, tag, packet);
                    if (status == DecodeStatus.TRANSPORT && packet.destinationPort() == 443) {
                      byte[] payload = new byte[packet.capturedPayloadLength()];
                      packet.buffer().getBytes(packet.payloadOffset(), payload);
                      out.writeBytes(payload);
                    }
                  },
                  1)
              != FrameSource.END) {}
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertEquals(1965, out.size());
    return out.toByteArray();
  }

  static void assertVerdict(String transport, String confidence, FlowRecord flow) {
    assertEquals(transport + ", " + confidence, flow.transport() + ", " + flow.confidence());
  }

  /** Whether a kind of evidence is in the record. */
  static boolean has(FlowRecord flow, String kind) {
    return flow.evidence().stream().anyMatch(item -> item.kind().equals(kind));
  }
}
