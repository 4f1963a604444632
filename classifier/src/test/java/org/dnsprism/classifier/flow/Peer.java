// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * One end of a flow.
 *
 * @param address IPv4 or IPv6
 * @param port TCP or UDP port
 */
public record Peer(InetAddress address, int port) {
  /** An end by the text of its address. */
  public static Peer of(String address, int port) {
    try {
      return new Peer(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** An end by the bytes of its address. */
  public static Peer of(byte[] address, int port) {
    try {
      return new Peer(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The address number {@code number} of 10.0.0.0/8. */
  public static Peer numbered(int number, int port) {
    return of(ByteBuffer.allocate(4).putInt((10 << 24) | number).array(), port);
  }

  /** The address as 4 or 16 bytes. */
  public byte[] bytes() {
    return address.getAddress();
  }
}
