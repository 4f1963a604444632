// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleartextDohTest {
  /** The path and the media type of the examples in RFC 8484, section 4.1.1. */
  private static final String PATH = "/dns-query?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB";

  private static final String MEDIA_TYPE = "application/dns-message";

  /** Entries of the static table (RFC 7541, appendix A). */
  private static final int GET = 0x82;

  private static final int HTTP = 0x86;
  private static final int NAME_PATH = 4;
  private static final int NAME_AUTHORITY = 1;
  private static final int NAME_ACCEPT = 19;
  private static final int NAME_CONTENT_TYPE = 31;

  private static boolean dns(byte[] bytes) {
    return CleartextDoh.in(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET " + PATH + " HTTP/1.1\r\nHost: dns.example\r\n\r\n",
        "GET /resolve?dns=AAABAAAB HTTP/1.1\r\nHost: dns.example\r\n\r\n",
        "POST /dns-query HTTP/1.1\r\nHost: dns.example\r\nContent-Length: 33\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Type: application/dns-message\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: Application/DNS-Message\r\n\r\n"
      })
  void requestsAndAnswersInTextAreKnown(String http) {
    assertTrue(dns(ascii(http)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET / HTTP/1.1\r\nHost: dns.example\r\n\r\n",
        "GET /DNS-Query HTTP/1.1\r\nHost: dns.example\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Type: application\u000fdns\rmessage\r\n\r\n",
        "GET /dns HTTP/1.1\r\nHost: dns-query.example\r\n\r\n",
        "GET /resolve?name=example.com HTTP/1.1\r\nAccept: application/dns-json\r\n\r\n",
        "POST /upload HTTP/1.1\r\nContent-Type: application/octet-stream\r\n\r\n"
      })
  void otherHttpIsNot(String http) {
    assertFalse(dns(ascii(http)));
  }

  /** One byte less than the path is not enough. */
  @Test
  void requestIsKnownAsSoonAsThePathIsThere() {
    byte[] request = ascii("GET /dns-query HTTP/1.1\r\nHost: dns.example\r\n\r\n");
    int enough = "GET /dns-query".length();
    for (int length = 0; length <= request.length; length++) {
      assertEquals(length >= enough, dns(Arrays.copyOf(request, length)), "of " + length);
    }
  }

  @Test
  void onlyTheGivenBytesAreLookedAt() {
    byte[] request = ascii("xxxx/dns-queryxxxx");
    ByteBuf buffer = Unpooled.wrappedBuffer(request);
    assertTrue(CleartextDoh.in(buffer, 4, 10));
    assertFalse(CleartextDoh.in(buffer, 5, 13));
    assertFalse(CleartextDoh.in(buffer, 0, 13));
    assertFalse(CleartextDoh.in(buffer, 18, 0));
  }

  /** A header block, or a part of it, in a HEADERS frame (RFC 9113, section 6.2). */
  private static byte[] http2(byte[]... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(GET);
    block.write(HTTP);
    Arrays.stream(fields).forEach(block::writeBytes);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(new byte[] {0, (byte) (block.size() >> 8), (byte) block.size()});
    frame.writeBytes(new byte[] {1, 4, 0, 0, 0, 1});
    frame.writeBytes(block.toByteArray());
    return frame.toByteArray();
  }

  /** A literal with incremental indexing (RFC 7541, section 6.2.1), values up to 126 bytes. */
  private static byte[] field(int name, String value, boolean huffman) {
    byte[] octets = huffman ? HuffmanText.encode(value) : ascii(value);
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.write(0x40 | name);
    field.write((huffman ? 0x80 : 0) | octets.length);
    field.writeBytes(octets);
    return field.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void headerBlocksOfHttp2AreKnown(boolean huffman) {
    byte[] authority = field(NAME_AUTHORITY, "dnsserver.example.net", huffman);
    byte[] path = field(NAME_PATH, PATH, huffman);
    byte[] accept = field(NAME_ACCEPT, MEDIA_TYPE, huffman);
    assertTrue(dns(http2(authority, path, accept)));
    assertTrue(dns(http2(authority, path)));
    assertTrue(dns(http2(authority, accept)));
    assertTrue(dns(http2(field(NAME_PATH, "/dns-query", huffman))));
    assertTrue(dns(http2(field(NAME_CONTENT_TYPE, MEDIA_TYPE, huffman))));
    assertFalse(dns(http2(authority)));
    assertFalse(dns(http2(authority, field(NAME_PATH, "/index.html", huffman))));
    assertFalse(dns(http2(authority, field(NAME_ACCEPT, "application/dns-json", huffman))));
  }

  /** Requests and responses of RFC 7541, appendices C.4 and C.6, have nothing to do with DNS. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "828684418cf1e3c2e5f23a6ba0ab90f4ff",
        "828684be5886a8eb10649cbf",
        "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e91"
            + "9d29ad171863c78f0b97c8e9ae82ae43d3"
      })
  void examplesOfHpackAreNot(String block) {
    assertFalse(dns(http2(HexFormat.of().parseHex(block))));
  }

  @Test
  void randomBytesAreNot() {
    Random random = new Random(1);
    byte[] bytes = new byte[8192];
    for (int round = 0; round < 200; round++) {
      random.nextBytes(bytes);
      assertFalse(dns(Arrays.copyOf(bytes, random.nextInt(bytes.length))));
    }
  }

  @Test
  void lookingAllocatesNothing() {
    assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuf buffer = Unpooled.wrappedBuffer(http2(field(NAME_PATH, "/index.html", true)));
    int rounds = 20_000;
    int found = 0;
    long before = 0;
    for (int i = 0; i < 2 * rounds; i++) {
      before = i == rounds ? bean.getCurrentThreadAllocatedBytes() : before;
      found += CleartextDoh.in(buffer, 0, buffer.readableBytes()) ? 1 : 0;
    }
    long allocated = bean.getCurrentThreadAllocatedBytes() - before;
    assertEquals(0, found);
    // The counter itself and a late compilation may leave a few bytes.
    assertTrue(allocated < rounds, () -> allocated + " bytes in " + rounds + " looks");
  }
}
