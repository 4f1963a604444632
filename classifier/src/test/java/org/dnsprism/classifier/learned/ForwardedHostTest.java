// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.dnsprism.classifier.endpoint.AddressBlock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHostTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 443",
    "192.0.2.1:443, 192.0.2.1, 443",
    "192.0.2.1:8443, 192.0.2.1, 8443",
    "192.0.2.1:65535, 192.0.2.1, 65535",
    "[2001:db8::1], 2001:db8::1, 443",
    "[2001:DB8::1]:8443, 2001:db8::1, 8443"
  })
  void hostNamesAnAddress(String text, String address, int port) {
    ForwardedHost host = ForwardedHost.of(text);
    assertNotNull(host);
    assertEquals(address, new AddressBlock(host.high(), host.low(), 128).text());
    assertEquals(port, host.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dns.example",
        "dns.example:443",
        "192.0.2.1:",
        "192.0.2.1:0",
        "192.0.2.1:65536",
        "192.0.2.1:99999",
        "192.0.2.1:-1",
        "192.0.2.256",
        "192.0.2",
        "192.0.2.1.1",
        "1.2.3.4.5.6.7",
        "0.0.0.0",
        "224.0.0.1",
        "2001:db8::1",
        "[2001:db8::1",
        "[::]",
        "[ff02::1]",
        "[fe80::1%eth0]",
        "[:::::]",
        "[192.0.2.1]",
        "[1.2.3.4.5]",
        " 192.0.2.1",
        "192.0.2.1 "
      })
  void rubbishNamesNone(String text) {
    assertNull(ForwardedHost.of(text));
  }
}
