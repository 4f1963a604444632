// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedRequestTest {
  private static @Nullable String host(String headers) {
    byte[] bytes = ("xxGET / HTTP/1.1\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
    return ForwardedRequest.host(Unpooled.wrappedBuffer(bytes), 2, bytes.length - 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Proto: https",
        "x-forwarded-proto:HTTPS",
        "Forwarded: for=192.0.2.60;proto=https;by=203.0.113.43",
        "Forwarded: Proto=HTTPS",
        "Forwarded: for=192.0.2.60; proto=\"https\""
      })
  void proxySaysHttps(String header) {
    assertEquals("192.0.2.1:8443", host("Host:  192.0.2.1:8443 \r\n" + header + "\r\n"));
    assertEquals("192.0.2.1", host(header + "\r\nHOST: 192.0.2.1\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: */*",
        "X-Forwarded-Proto: http",
        "X-Forwarded-For: https",
        "Forwarded: for=192.0.2.60;proto=http",
        "Forwarded: for=https"
      })
  void noneSaysHttps(String header) {
    assertNull(host("Host: 192.0.2.1\r\n" + header + "\r\n"));
  }

  @Test
  void withoutHostThereIsNone() {
    assertNull(host("X-Forwarded-Proto: https\r\n"));
  }

  @Test
  void bodyIsNoHead() {
    assertNull(host("Host: 192.0.2.1\r\n\r\nX-Forwarded-Proto: https\r\n"));
    assertEquals(
        "192.0.2.1",
        host("Host: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n\r\nHost: 192.0.2.2\r\n"));
  }
}
