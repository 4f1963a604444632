// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tech.kwik.flupke.Http3Client;

/**
 * A client's DNS over HTTPS by the JDK's interface: the JDK's HTTP/2 or HTTP/1.1, or Flupke's
 * HTTP/3. The system property {@code method} is {@code get}, or {@code post}, which is the default.
 * Both resolve the server's name themselves, by /etc/hosts in the lab, and know no address of their
 * own.
 */
final class HttpClientSession implements DnsSession {
  private final HttpClient http;
  private final String url;
  private final boolean get = System.getProperty("method", "post").equals("get");

  private HttpClientSession(HttpClient http, Target target) {
    this.http = http;
    url = "https://" + target.name() + ":" + target.server().getPort() + Doh.PATH;
  }

  /** Over HTTP/2, or HTTP/1.1 where the server has no other; connects with the first query. */
  static HttpClientSession http2(Target target) {
    try {
      HttpClient http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_2)
              .sslContext(trusting(target))
              .build();
      return new HttpClientSession(http, target);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("not usable for TLS: " + e.getMessage(), e);
    }
  }

  /** Over HTTP/3; connects with the first query. */
  static HttpClientSession http3(Target target) {
    return new HttpClientSession(
        Http3Client.newBuilder().disableCertificateCheck().build(), target);
  }

  private static SSLContext trusting(Target target) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(target.authority())) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public CompletableFuture<byte[]> ask(byte[] query) {
    HttpRequest.Builder request = HttpRequest.newBuilder().header("accept", Doh.MEDIA_TYPE);
    if (get) {
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(query);
      request.uri(URI.create(url + "?" + Doh.PARAMETER + "=" + text)).GET();
    } else {
      request
          .uri(URI.create(url))
          .header("content-type", Doh.MEDIA_TYPE)
          .POST(BodyPublishers.ofByteArray(query));
    }
    return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
        .thenApply(response -> response.body());
  }

  /** The connection ends with the process. */
  @Override
  public void close() {}
}
