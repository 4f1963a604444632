// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.SVCBRecord;
import org.xbill.DNS.TextParseException;

/** Service bindings made by dnsjava, and those of RFC 9460. */
class ServiceRecordTest {
  private static final String FOO_COM = "03666f6f 076578616d706c65 03636f6d 00";
  private static final String FOO_ORG = "03666f6f 076578616d706c65 036f7267 00";
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

  private boolean read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return service.read(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  /** RFC 9460, appendix D: the test vectors in wire format. */
  @Test
  void vectorsOfTheStandardAreRead() {
    assertTrue(read("0000" + FOO_COM)); // D.1, AliasMode
    assertEquals(0, service.priority());
    assertFalse(service.usable());
    assertEquals("foo.example.com", service.target().toString());
    assertTrue(read("0001 00")); // D.2, figure 3: the owner itself
    assertTrue(service.usable());
    assertEquals(0, service.target().length());
    assertTrue(read("0010" + FOO_COM + "0003 0002 0035")); // figure 4
    assertEquals(16, service.priority());
    assertEquals(53, service.port());
    assertTrue(read("0001" + FOO_COM + "029b 0005 68656c6c6f")); // figure 5: a key unknown to us
    assertTrue(service.usable());
    assertTrue(read("0001" + FOO_COM + "029b 0009 68656c6c6fd2716f6f")); // figure 6
    String twoHints = "20010db8000000000000000000000001 20010db8000000000000000000530001";
    assertTrue(read("0001" + FOO_COM + "0006 0020" + twoHints)); // figure 7
    assertEquals(2, service.ipv6Count());
    String hint = "20010db8012203440000 0000c0000221";
    assertTrue(read("0001 076578616d706c65 03636f6d 00 0006 0010" + hint)); // figure 8
    assertEquals(1, service.ipv6Count());
    String mandatory = "0000 0004 0001 0004 0001 0009 02 6832 05 68332d3139 0004 0004 c0000201";
    assertTrue(read("0010" + FOO_ORG + mandatory)); // figure 9
    assertTrue(service.usable());
    assertEquals(1, service.ipv4Count());
    assertTrue(read("0010" + FOO_ORG + "0001 000c 08 665c6f6f2c626172 02 6832")); // figure 10
    assertEquals(12, service.alpnLength());
  }

  /** RFC 9460, appendix D.3, and section 2.2: what must be refused, as it would be on the wire. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "029b 0001 61 029b 0001 62", // figures 11 and 12: a key twice
        "0001 0000", // figure 13: alpn without a value
        "0003 0000", // port without a value
        "0004 0000", // ipv4hint without a value
        "0006 0000", // ipv6hint without a value
        "0002 0003 616263", // figure 14: no-default-alpn with a value
        "0000 0002 029b", // figure 15: a mandatory key that is not there
        "0000 0002 0000", // figure 16: mandatory in its own list
        "0000 0004 029b 029b 029b 0001 61", // figure 17: a mandatory key twice
        "0003 0002 0035 0001 0003 02 6832", // keys that do not rise
        "0004 0003 c00002", // an address of three bytes
        "0001 0003 05 6832", // a protocol longer than the list
        "0003 0004 0035", // a value longer than the record
      })
  void malformedParametersAreRefused(String parameters) {
    boolean read = read("0001" + FOO_COM + parameters);
    assertFalse(read && service.usable(), parameters);
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
