// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.TextParseException;

/** Service bindings made by dnsjava. */
class ServiceRecordTest {
  private static final Name OWNER = Name.fromConstantString("_dns.resolver.arpa.");

  private final Random random = new Random(3);
  private final ServiceRecord service = new ServiceRecord();

  private List<Inet4Address> hints() throws UnknownHostException {
    List<Inet4Address> hints = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      byte[] bytes = new byte[4];
      random.nextBytes(bytes);
      hints.add((Inet4Address) InetAddress.getByAddress(bytes));
    }
    return hints;
  }

  private SVCBRecord record(int priority, int port, List<Inet4Address> hints)
      throws TextParseException {
    SVCBBase.ParameterAlpn alpn = new SVCBBase.ParameterAlpn();
    alpn.fromString("h2,dot");
    return new SVCBRecord(
        OWNER,
        DClass.IN,
        60,
        priority,
        Name.fromConstantString("Dns" + port + ".Example.test."),
        List.of(alpn, new SVCBBase.ParameterPort(port), new SVCBBase.ParameterIpv4Hint(hints)));
  }

  @Test
  void fieldsAreAsDnsjavaWroteThem() throws UnknownHostException, TextParseException {
    for (int round = 0; round < 2_000; round++) {
      int priority = 1 + random.nextInt(65_535);
      int port = random.nextInt(65_536);
      List<Inet4Address> hints = hints();
      ByteBuf wire = Unpooled.wrappedBuffer(record(priority, port, hints).rdataToWireCanonical());
      assertTrue(service.read(wire, 0, wire.readableBytes()));
      assertTrue(service.usable());
      assertEquals(priority, service.priority());
      assertEquals(port, service.port());
      assertEquals("dns" + port + ".example.test", service.target().toString());
      assertEquals(7, service.alpnLength());
      assertEquals(hints.size(), service.ipv4Count());
      for (int i = 0; i < hints.size(); i++) {
        byte[] bytes = new byte[4];
        wire.getBytes(service.ipv4Offset() + 4 * i, bytes);
        assertEquals(hints.get(i), InetAddress.getByAddress(bytes));
      }
    }
  }

  /** The buffer ends where the record does: a read outside of it would throw. */
  @Test
  void changedBytesNeverLeadOutside() throws UnknownHostException, TextParseException {
    int whole = 0;
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = record(1, 853, hints()).rdataToWireCanonical();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
      ByteBuf wire = Unpooled.copiedBuffer(bytes, 0, length);
      if (service.read(wire, 0, length)) {
        whole++;
        assertTrue(
            service.alpnLength() == 0 || service.alpnOffset() + service.alpnLength() <= length);
        assertTrue(service.ipv4Offset() + 4 * service.ipv4Count() <= length);
        assertTrue(service.ipv6Offset() + 16 * service.ipv6Count() <= length);
      }
    }
    assertTrue(whole > 0);
  }
}
