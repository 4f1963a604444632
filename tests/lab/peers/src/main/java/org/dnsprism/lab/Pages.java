// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An ordinary web site: every path has an HTML page, of 1 to 32 KiB by the path's CRC-32, and of as
 * many bytes as it says where the path is {@code /sized/BYTES}, with or without more words; such a
 * path also takes a POST.
 */
final class Pages implements Site {
  static final String HTML = "text/html";
  private static final String HEAD = "<!doctype html><html><title>A page</title><body>";
  private static final String PARAGRAPH = "<p>The quick brown fox jumps over the lazy dog.</p>";
  private static final int UNIT_BYTES = 1024;
  private static final int MAX_UNITS = 32;
  private static final Pattern SIZED = Pattern.compile("/sized/(\\d{1,6})(/.*)?");

  @Override
  public FullHttpResponse answer(FullHttpRequest request) {
    boolean call =
        request.method().equals(HttpMethod.POST) && SIZED.matcher(request.uri()).matches();
    return call || request.method().equals(HttpMethod.GET)
        ? Responses.ok(HTML, page(request.uri()))
        : Responses.empty(HttpResponseStatus.METHOD_NOT_ALLOWED);
  }

  private static byte[] page(String path) {
    Matcher sized = SIZED.matcher(path);
    if (sized.matches()) {
      return "w".repeat(Integer.parseInt(sized.group(1))).getBytes(StandardCharsets.UTF_8);
    }
    CRC32 crc = new CRC32();
    crc.update(path.getBytes(StandardCharsets.UTF_8));
    int bytes = UNIT_BYTES * (1 + (int) (crc.getValue() % MAX_UNITS));
    int paragraphs = (bytes - HEAD.length()) / PARAGRAPH.length();
    return (HEAD + PARAGRAPH.repeat(paragraphs)).getBytes(StandardCharsets.UTF_8);
  }
}
