// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a cleartext HTTP/1.1 request tells of the HTTPS server in front: a proxy that ends TLS says
 * so in {@code Forwarded} (RFC 7239) or {@code X-Forwarded-Proto}, and passes on for which host the
 * client asked.
 */
public final class ForwardedRequest {
  private static final int LONGEST_HEAD = 1 << 13;

  /** RFC 7239, section 4: a pair of token and value, which may stand in quotation marks. */
  private static final Pattern FORWARDED_HTTPS =
      Pattern.compile("(?:^|[;, ])proto=\"?https\"?(?:$|[;, ])", Pattern.CASE_INSENSITIVE);

  private ForwardedRequest() {}

  /**
   * The host, with its port if it has one, of a request that came over HTTPS to a proxy.
   *
   * @return null when this is no such request
   */
  public static @Nullable String host(ByteBuf buffer, int offset, int length) {
    int look = Math.min(length, LONGEST_HEAD);
    String head = buffer.toString(offset, look, StandardCharsets.ISO_8859_1);
    String host = null;
    boolean https = false;
    for (String line : head.split("\r\n", -1)) {
      if (line.isEmpty()) {
        break; // what follows is the body
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
          case "host" -> host = value;
          case "x-forwarded-proto" -> https |= value.equalsIgnoreCase("https");
          case "forwarded" -> https |= FORWARDED_HTTPS.matcher(value).find();
          default -> {}
        }
      }
    }
    return https ? host : null;
  }
}
