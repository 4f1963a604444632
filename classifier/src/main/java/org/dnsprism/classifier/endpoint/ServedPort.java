// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

/**
 * A protocol and the port it is served on.
 *
 * @param protocol the protocol
 * @param port TCP or UDP port, 1 to 65535
 */
public record ServedPort(EndpointProtocol protocol, int port) implements Comparable<ServedPort> {
  @Override
  public int compareTo(ServedPort other) {
    int byProtocol = protocol.compareTo(other.protocol);
    return byProtocol != 0 ? byProtocol : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    return protocol.label() + ':' + port;
  }
}
