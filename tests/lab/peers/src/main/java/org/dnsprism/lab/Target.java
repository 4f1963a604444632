// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects to.
 *
 * @param server address and port
 * @param name the server's name, sent as SNI and authority and checked against the certificate
 * @param authority PEM file of the certificate authorities to trust
 * @param bind the client's own address, or null for the one that routing chooses
 */
record Target(InetSocketAddress server, String name, Path authority, @Nullable InetAddress bind) {

  /** The client's own socket address, with a port of the system's choice. */
  InetSocketAddress local() {
    return new InetSocketAddress(bind, 0);
  }

  /**
   * Makes an address from its text and gives it a name, so that nothing ever asks a resolver for
   * one: the lab's captures must hold no lookups but those they are made for.
   *
   * @throws IllegalArgumentException if the text is not an IP address
   */
  static InetAddress address(String name, String text) {
    try {
      return InetAddress.getByAddress(name, NetUtil.createByteArrayFromIpAddressString(text));
    } catch (UnknownHostException | NullPointerException e) {
      throw new IllegalArgumentException("not an IP address: " + text, e);
    }
  }
}
