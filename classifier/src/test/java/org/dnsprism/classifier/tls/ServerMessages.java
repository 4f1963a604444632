// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.tls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Writes records of what TLS servers say in the clear, for tests (RFC 8446, RFC 5246). */
public final class ServerMessages {
  /** Made by openssl: DNS names Dns.Example, *.dns.example, third.example, and an address. */
  public static final byte[] CERTIFICATE =
      Base64.getMimeDecoder()
          .decode(
              """
              MIIB4zCCAYmgAwIBAgIUKt0I78cvOY2ig8sYdtgGJXyGo2owCgYIKoZIzj0EAwIwKDENMAsGA1UECgwEVGVz
              dDEXMBUGA1UEAwwOQ29tbW9uLkV4YW1wbGUwHhcNMjYxMTIzMDkyNTM2WhcNMzYxMTIwMDkyNTM2WjAoMQ0w
              CwYDVQQKDARUZXN0MRcwFQYDVQQDDA5Db21tb24uRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
              BBNvwvhCBWpFowTWwYfb48yyccqsQJQY0qUiZMclDJn/wANZFdMAYgBK7AdxlDRxja95VdEawAIZZt8GimQh
              4fujgZAwgY0wHQYDVR0OBBYEFJLvou3H/pBp/+VsrU5L8rldwF3JMB8GA1UdIwQYMBaAFJLvou3H/pBp/+Vs
              rU5L8rldwF3JMA8GA1UdEwEB/wQFMAMBAf8wOgYDVR0RBDMwMYILRG5zLkV4YW1wbGWCDSouZG5zLmV4YW1w
              bGWHBMAAAgGCDXRoaXJkLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIgcpw9xi2SlXXjPCK0LefakhsyCS4X
              zEmLFZ3NuycRZfYCIQDBNXzRIAeLQRmouIQH7Ni+TonK+9FTuTrOGfQ7sWgpkw==
              """);

  /** Made by openssl: common name Common.Example and no alternative names. */
  public static final byte[] OLD_CERTIFICATE =
      Base64.getMimeDecoder()
          .decode(
              """
              MIIBpTCCAUugAwIBAgIUXPe5M7KCcirvsjSCZq1QJf24EwwwCgYIKoZIzj0EAwIwKDENMAsGA1UECgwEVGVz
              dDEXMBUGA1UEAwwOQ29tbW9uLkV4YW1wbGUwHhcNMjYxMTIzMDkyNTM2WhcNMzYxMTIwMDkyNTM2WjAoMQ0w
              CwYDVQQKDARUZXN0MRcwFQYDVQQDDA5Db21tb24uRXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
              BGHGprEJxNNLEF17QOlqx2k0zh9XZC+VoqVgSJjG+jWQPvmOWJKUgLWPf5BrEISW9wBUO13Fet65mYj25HRK
              SCyjUzBRMB0GA1UdDgQWBBTqYxQDFt8gnDu+1mxgRRGmfZn+iTAfBgNVHSMEGDAWgBTqYxQDFt8gnDu+1mxg
              RRGmfZn+iTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDyp0LOxsijYg+YHLev8S58jav4
              sAsNbw7tsg04tAkSLgIgAUTRqNg2HH8/hYWhhV0OKp4gLhiQMtYwQZnkUgIEIds=
              """);

  /** The random that marks a HelloRetryRequest (RFC 8446, section 4.1.3). */
  public static final byte[] RETRY_RANDOM =
      HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

  static final byte[] RANDOM = new byte[32];

  private static final int SUPPORTED_VERSIONS = 43;
  private static final int ALPN = 16;

  private ServerMessages() {}

  /** A ServerHello of TLS 1.3. */
  public static byte[] hello13() {
    return hello(0x0303, RANDOM, SUPPORTED_VERSIONS, new byte[] {3, 4});
  }

  /** A ServerHello of TLS 1.2 with the protocol that the server chose. */
  public static byte[] hello12(String protocol) {
    byte[] name = protocol.getBytes(StandardCharsets.US_ASCII);
    HelloBuilder.Bytes list = new HelloBuilder.Bytes().u16(name.length + 1).u8(name.length);
    return hello(0x0303, RANDOM, ALPN, list.raw(name).toArray());
  }

  /** A HelloRetryRequest. */
  public static byte[] retryRequest() {
    return hello(0x0303, RETRY_RANDOM, SUPPORTED_VERSIONS, new byte[] {3, 4});
  }

  /** A Certificate message of TLS 1.2. */
  public static byte[] certificates(byte[]... certificates) {
    HelloBuilder.Bytes list = new HelloBuilder.Bytes();
    for (byte[] certificate : certificates) {
      list.u8(0).u16(certificate.length).raw(certificate);
    }
    byte[] all = list.toArray();
    byte[] body = new HelloBuilder.Bytes().u8(0).u16(all.length).raw(all).toArray();
    return HelloBuilder.record(22, message(11, body));
  }

  static byte[] hello(int version, byte[] random, int extension, byte[] body) {
    byte[] message =
        new HelloBuilder.Bytes()
            .u16(version)
            .raw(random)
            .u8(0)
            .u16(0x1301)
            .u8(0)
            .u16(4 + body.length)
            .u16(extension)
            .u16(body.length)
            .raw(body)
            .toArray();
    return HelloBuilder.record(22, message(2, message));
  }

  private static byte[] message(int type, byte[] body) {
    return new HelloBuilder.Bytes().u8(type).u8(0).u16(body.length).raw(body).toArray();
  }
}
