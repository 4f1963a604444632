// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dnsprism.classifier.endpoint.AddressBlock;
import org.jspecify.annotations.Nullable;

/**
 * A server that was seen to take DNS over HTTPS, learned from what its proxy passed on in the
 * clear.
 *
 * @param high upper half of the IPv6 address, 0 for IPv4
 * @param low lower half, {@code 0x0000ffffAABBCCDD} for IPv4
 * @param port TCP port
 * @param timeNanos when it was seen, nanoseconds since 1970
 */
public record LearnedServer(long high, long low, int port, long timeNanos) {
  /** By address and port, the latest sighting first. */
  static final Comparator<LearnedServer> ORDER =
      Comparator.comparingLong(LearnedServer::high)
          .thenComparingLong(LearnedServer::low)
          .thenComparingInt(LearnedServer::port)
          .thenComparing(Comparator.comparingLong(LearnedServer::timeNanos).reversed());

  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 0xffff;

  /** RFC 3986, section 3.2: an IPv4 address, or an IPv6 address in brackets, and a port. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:([0-9.]{7,15})|\\[([0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,44})])(?::([0-9]{1,5}))?");

  /** The server that a host of HTTP names by its address; null when it names it otherwise. */
  static @Nullable LearnedServer ofHost(String host, long timeNanos) {
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
      return new LearnedServer(address.high(), address.low(), port, timeNanos);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean sameServer(LearnedServer other) {
    return high == other.high && low == other.low && port == other.port;
  }
}
