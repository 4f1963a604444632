// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.learned;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.dnsprism.classifier.endpoint.EndpointProtocol;
import org.jspecify.annotations.Nullable;

/**
 * A server that HTTP names by its address.
 *
 * @param high upper half of the IPv6 address, 0 for IPv4
 * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
 * @param port TCP port, 1 to 65535
 */
public record ForwardedHost(long high, long low, int port) {
  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 0xffff;

  /** RFC 3986, section 3.2: an IPv4 address, or an IPv6 address in brackets, and a port. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:([0-9.]{7,15})|\\[([0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,44})])(?::([0-9]{1,5}))?");

  /** The server that a host names by its address; null when it names it otherwise. */
  public static @Nullable ForwardedHost of(String host) {
    Matcher matcher = ADDRESS.matcher(host);
    if (!matcher.matches()) {
      return null;
    }
    String text = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    int port = matcher.group(3) == null ? HTTPS_PORT : Integer.parseInt(matcher.group(3));
    if (port == 0 || port > MAX_PORT) {
      return null;
    }
    try {
      AddressBlock address = AddressBlock.parseAddress(String.valueOf(text));
      return new ForwardedHost(address.high(), address.low(), port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  LearnedEndpoint endpoint(long timeNanos, long expiryNanos) {
    return new LearnedEndpoint(
        high,
        low,
        port,
        LearnedEndpoint.bit(EndpointProtocol.DOH),
        LearnedSource.FORWARDED,
        false,
        false,
        "",
        "",
        0,
        0,
        timeNanos,
        expiryNanos);
  }
}
