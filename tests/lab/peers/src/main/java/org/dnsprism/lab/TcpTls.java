// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** The JDK's TLS below HTTP/1.1, with {@code http/1.1} in ALPN (RFC 7301). */
final class TcpTls {
  private TcpTls() {}

  /**
   * A server's side.
   *
   * @throws IllegalArgumentException if the files do not hold a certificate and its key
   */
  static SslContext server(Identity identity) {
    return build(
        SslContextBuilder.forServer(identity.certificates().toFile(), identity.key().toFile()));
  }

  /**
   * A client's side, which checks the server's name.
   *
   * @throws IllegalArgumentException if the file holds no certificate
   */
  static SslContext client(Path authority) {
    return build(SslContextBuilder.forClient().trustManager(authority.toFile()));
  }

  private static SslContext build(SslContextBuilder builder) {
    try {
      return builder
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  Protocol.ALPN,
                  SelectorFailureBehavior.NO_ADVERTISE,
                  SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("not usable for TLS: " + e.getMessage(), e);
    }
  }
}
