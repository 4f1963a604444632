// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** DNSCrypt as its specification describes it (draft-denis-dprive-dnscrypt). */
class DnsCryptTest {
  private static final String RESOLVER_MAGIC = "r6fnvWj8";

  private final DnsMessage message = new DnsMessage();

  private boolean asksForCertificate(String name, int type) throws IOException {
    Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
    return certificate(Message.newQuery(question));
  }

  private boolean certificate(Message dns) {
    byte[] wire = dns.toWire();
    DnsStatus status = ParsedMessage.parse(wire, wire.length, DnsDialect.EXPECTED, message);
    assertEquals(DnsStatus.WHOLE, status);
    return DnsCrypt.certificate(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.dnscrypt-cert.quad9.net",
        "2.DNSCrypt-Cert.example",
        "1.dnscrypt-cert.a",
        "9.dnscrypt-cert.resolver.example.org"
      })
  void queryForACertificateIsKnown(String name) throws IOException {
    assertTrue(asksForCertificate(name, Type.TXT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dnscrypt-cert.quad9.net",
        "2.dnscrypt-cert",
        "2.dnscrypt-certs.quad9.net",
        "a.dnscrypt-cert.quad9.net",
        "0.dnscrypt-cert.quad9.net",
        "22.dnscrypt-cert.quad9.net",
        "x.2.dnscrypt-cert.quad9.net",
        "example.com"
      })
  void otherNamesAreNot(String name) throws IOException {
    assertFalse(asksForCertificate(name, Type.TXT));
  }

  @Test
  void otherTypesAreNot() throws IOException {
    assertFalse(asksForCertificate("2.dnscrypt-cert.quad9.net", Type.A));
    assertFalse(asksForCertificate("2.dnscrypt-cert.quad9.net", Type.ANY));
  }

  /** Names of messages before must not shine through. */
  @Test
  void shorterNameIsNotTakenForTheOneBefore() throws IOException {
    assertTrue(asksForCertificate("2.dnscrypt-cert.quad9.net", Type.TXT));
    assertFalse(asksForCertificate("2", Type.TXT));
    assertFalse(asksForCertificate("2.dnscrypt-cert", Type.TXT));
  }

  @Test
  void answerWithACertificateIsKnown() throws IOException {
    Name name = Name.fromString("2.dnscrypt-cert.quad9.net.");
    Message answer = new Message(7);
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(Record.newRecord(name, Type.TXT, DClass.IN), Section.QUESTION);
    answer.addRecord(new TXTRecord(name, DClass.IN, 60, "DNSC"), Section.ANSWER);
    assertTrue(certificate(answer));
  }

  /** Magic 8, nonce 24, box of 16 and more. */
  private static byte[] response(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    byte[] magic = RESOLVER_MAGIC.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, bytes, 0, Math.min(length, magic.length));
    return bytes;
  }

  private static boolean isResponse(byte[] bytes) {
    return DnsCrypt.response(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
  }

  @Test
  void encryptedResponseIsKnownByItsMagic() {
    for (int length : new int[] {48, 112, 304, 1232}) {
      assertTrue(isResponse(response(length)));
    }
    for (int length = 0; length < 48; length++) {
      assertFalse(isResponse(response(length)), "too short: " + length);
    }
  }

  @Test
  void everyBitOfTheMagicCounts() {
    for (int bit = 0; bit < 64; bit++) {
      byte[] bytes = response(112);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(isResponse(bytes));
    }
  }

  @Test
  void magicElsewhereIsNone() {
    byte[] shifted = new byte[200];
    System.arraycopy(response(112), 0, shifted, 1, 112);
    assertFalse(isResponse(shifted));
    ByteBuf buffer = Unpooled.wrappedBuffer(shifted);
    assertTrue(DnsCrypt.response(buffer, 1, 112));
  }

  /** An encrypted response is not read as a DNS message anywhere. */
  @Test
  void encryptedResponseIsNotDns() {
    byte[] bytes = response(304);
    for (DnsDialect dialect : DnsDialect.values()) {
      byte[] copy = Arrays.copyOf(bytes, bytes.length);
      assertEquals(DnsStatus.NOT_DNS, ParsedMessage.parse(copy, copy.length, dialect, message));
    }
  }
}
