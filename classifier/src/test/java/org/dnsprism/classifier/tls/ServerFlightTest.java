// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.dnsprism.classifier.reassembly.ReassemblyMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerFlightTest {
  /** Made by openssl: DNS names Dns.Example, *.dns.example, third.example, and an address. */
  private static final byte[] CERTIFICATE =
      Base64.getMimeDecoder()
          .decode(
              """
              MIIB4zCCAYmgAwIBAgIUKt0I78cvOY2ig8sYdtgGJXyGo2owCgYIKoZIzj0EAwIwKDENMAsGA1UECgwEVGVz
              dDEXMBUGA1UEAwwOQ29tbW9uLkV4YW1wbGUwHhcNMjYxMTIzMDkyNTM2WhcNMzYxMTIwMDkyNTM2WjAoMQ0w
              CwYDVQQKDARUZXN0MRcwFQYDVQQDDA5Db21tb24uRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
              BBNvwvhCBWpFowTWwYfb48yyccqsQJQY0qUiZMclDJn/wANZFdMAYgBK7AdxlDRxja95VdEawAIZZt8GimQh
              4fujgZAwgY0wHQYDVR0OBBYEFJLvou3H/pBp/+VsrU5L8rldwF3JMB8GA1UdIwQYMBaAFJLvou3H/pBp/+Vs
              rU5L8rldwF3JMA8GA1UdEwEB/wQFMAMBAf8wOgYDVR0RBDMwMYILRG5zLkV4YW1wbGWCDSouZG5zLmV4YW1w
              bGWHBMAAAgGCDXRoaXJkLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIgcpw9xi2SlXXjPCK0LefakhsyCS4X
              zEmLFZ3NuycRZfYCIQDBNXzRIAeLQRmouIQH7Ni+TonK+9FTuTrOGfQ7sWgpkw==
              """);

  /** Made by openssl: common name Common.Example and no alternative names. */
  private static final byte[] OLD_CERTIFICATE =
      Base64.getMimeDecoder()
          .decode(
              """
              MIIBpTCCAUugAwIBAgIUXPe5M7KCcirvsjSCZq1QJf24EwwwCgYIKoZIzj0EAwIwKDENMAsGA1UECgwEVGVz
              dDEXMBUGA1UEAwwOQ29tbW9uLkV4YW1wbGUwHhcNMjYxMTIzMDkyNTM2WhcNMzYxMTIwMDkyNTM2WjAoMQ0w
              CwYDVQQKDARUZXN0MRcwFQYDVQQDDA5Db21tb24uRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
              BGHGprEJxNNLEF17QOlqx2k0zh9XZC+VoqVgSJjG+jWQPvmOWJKUgLWPf5BrEISW9wBUO13Fet65mYj25HRK
              SCyjUzBRMB0GA1UdDgQWBBTqYxQDFt8gnDu+1mxgRRGmfZn+iTAfBgNVHSMEGDAWgBTqYxQDFt8gnDu+1mxg
              RRGmfZn+iTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDyp0LOxsijYg+YHLev8S58jav4
              sAsNbw7tsg04tAkSLgIgAUTRqNg2HH8/hYWhhV0OKp4gLhiQMtYwQZnkUgIEIds=
              """);

  private static final byte[] RETRY_RANDOM =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  private final ReassemblyMemory memory = new ReassemblyMemory(1 << 20);
  private final ServerFlight flight = new ServerFlight(memory);

  @AfterEach
  void memoryIsGivenBack() {
    flight.reset(true);
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void version13IsTakenFromTheExtension() {
    feed(hello(0x0303, new byte[32], 43, new byte[] {3, 4}));
    assertTrue(flight.serverHelloSeen());
    assertEquals(0x0304, flight.version());
    assertTrue(flight.done());
  }

  @Test
  void retryRequestIsNoServerHello() {
    feed(hello(0x0303, RETRY_RANDOM, 43, new byte[] {3, 4}));
    assertTrue(flight.helloRetryRequestSeen());
    assertFalse(flight.serverHelloSeen());
    assertFalse(flight.done());
    feed(HelloBuilder.record(20, new byte[] {1}));
    feed(hello(0x0303, new byte[32], 43, new byte[] {3, 4}));
    assertTrue(flight.serverHelloSeen());
    assertTrue(flight.helloRetryRequestSeen());
  }

  @Test
  void protocolAndNamesOfVersion12AreRead() {
    feed(hello(0x0303, new byte[32], 16, new byte[] {0, 3, 2, 'h', '2'}));
    assertFalse(flight.done());
    feed(HelloBuilder.record(22, certificates(CERTIFICATE, OLD_CERTIFICATE)));
    assertEquals(0x0303, flight.version());
    assertEquals("h2", alpn());
    assertEquals(List.of("dns.example", "*.dns.example", "third.example"), names());
    assertTrue(flight.done());
  }

  @Test
  void commonNameServesWhereThereAreNoOthers() {
    feed(hello(0x0302, new byte[32], 65281, new byte[] {0}));
    feed(HelloBuilder.record(22, certificates(OLD_CERTIFICATE)));
    assertEquals(List.of("common.example"), names());
    assertEquals("", alpn());
  }

  @Test
  void flightCutAtEveryByte() {
    byte[] flightBytes =
        join(
            hello(0x0303, new byte[32], 16, new byte[] {0, 3, 2, 'h', '2'}),
            HelloBuilder.record(22, certificates(CERTIFICATE)));
    for (int cut = 1; cut < flightBytes.length; cut++) {
      flight.reset(true);
      feed(Arrays.copyOf(flightBytes, cut));
      feed(Arrays.copyOfRange(flightBytes, cut, flightBytes.length));
      assertEquals(3, names().size(), "cut " + cut);
      assertEquals("h2", alpn());
    }
  }

  @Test
  void alertIsKept() {
    feed(HelloBuilder.record(21, new byte[] {2, 120}));
    assertEquals(120, flight.alert());
    assertTrue(flight.done());
  }

  @Test
  void resumedSessionEndsWithTheHello() {
    feed(hello(0x0303, new byte[32], 65281, new byte[] {0}));
    feed(HelloBuilder.record(20, new byte[] {1}));
    assertTrue(flight.done());
    assertEquals(0, names().size());
  }

  @Test
  void plaintextEndsTheReading() {
    feed(new byte[] {'H', 'T', 'T', 'P', '/', '1', '.', '1'});
    assertTrue(flight.done());
    assertEquals(0, flight.version());
  }

  @Test
  void mutatedFlightsNeverThrow() {
    Random random = new Random(31);
    byte[] bytes =
        join(
            hello(0x0303, new byte[32], 16, new byte[] {0, 3, 2, 'h', '2'}),
            HelloBuilder.record(22, certificates(CERTIFICATE)));
    int named = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] mutant = bytes.clone();
      for (int i = random.nextInt(5); i >= 0; i--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      flight.reset(true);
      int cut = random.nextInt(mutant.length);
      feed(Arrays.copyOf(mutant, cut));
      feed(Arrays.copyOfRange(mutant, cut, mutant.length));
      named += names().isEmpty() ? 0 : 1;
    }
    assertTrue(named > 10_000);
  }

  private List<String> names() {
    byte[] bytes = flight.certificateNames();
    List<String> names = new ArrayList<>();
    for (int at = 0; at < flight.certificateNamesLength(); at += 1 + (bytes[at] & 0xff)) {
      names.add(new String(bytes, at + 1, bytes[at] & 0xff, StandardCharsets.US_ASCII));
    }
    return names;
  }

  private String alpn() {
    return AlpnText.join(flight.alpnBytes(), flight.alpnLength());
  }

  private void feed(byte[] bytes) {
    flight.onBytes(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  private static byte[] hello(int version, byte[] random, int extension, byte[] body) {
    byte[] message =
        new HelloBuilder.Bytes()
            .u16(version)
            .raw(random)
            .u8(0)
            .u16(0x1301)
            .u8(0)
            .u16(4 + body.length)
            .u16(extension)
            .u16(body.length)
            .raw(body)
            .toArray();
    return HelloBuilder.record(22, message(2, message));
  }

  private static byte[] certificates(byte[]... certificates) {
    HelloBuilder.Bytes list = new HelloBuilder.Bytes();
    for (byte[] certificate : certificates) {
      list.u8(0).u16(certificate.length).raw(certificate);
    }
    byte[] all = list.toArray();
    return message(11, new HelloBuilder.Bytes().u8(0).u16(all.length).raw(all).toArray());
  }

  private static byte[] message(int type, byte[] body) {
    return new HelloBuilder.Bytes().u8(type).u8(0).u16(body.length).raw(body).toArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    return new HelloBuilder.Bytes().raw(first).raw(second).toArray();
  }
}
