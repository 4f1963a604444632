// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The servers against clients that are not ours: the JDK's HTTP client and hand-made queries. */
@Timeout(120)
class ServerTest {
  private static final String DNS = "application/dns-message";

  @TempDir static Path folder;

  private static final EventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private static Identity identity;
  private static HttpClient http;

  @BeforeAll
  static void trustCertificate() throws Exception {
    identity = TestIdentity.create(folder);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(identity.certificates())) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      trusted.setCertificateEntry("ca", factory.generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
  }

  @AfterAll
  static void stop() throws Exception {
    GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  @ParameterizedTest
  @EnumSource(names = {"DOH1", "DOHPLAIN"})
  void postIsAnswered(Protocol protocol) throws Exception {
    try (Server server = start(protocol)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(protocol, server, "/dns-query"))
              .header("content-type", DNS)
              .POST(BodyPublishers.ofByteArray(query(7)))
              .build();
      assertAnswer(7, http.send(request, BodyHandlers.ofByteArray()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DOH1", "DOHPLAIN"})
  void getIsAnswered(Protocol protocol) throws Exception {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(query(0));
    try (Server server = start(protocol)) {
      assertAnswer(0, get(uri(protocol, server, "/dns-query?dns=" + text)));
    }
  }

  @Test
  void otherPathsArePages() throws Exception {
    try (Server server = start(Protocol.DOH1)) {
      HttpResponse<byte[]> page = get(uri(Protocol.DOH1, server, "/news"));
      assertEquals(200, page.statusCode());
      assertEquals("text/html", page.headers().firstValue("content-type").orElseThrow());
      assertTrue(page.body().length > 500);
    }
  }

  @Test
  void requestsThatAreNoQueriesAreRefused() throws Exception {
    try (Server server = start(Protocol.DOHPLAIN)) {
      URI uri = uri(Protocol.DOHPLAIN, server, "/dns-query");
      assertEquals(400, get(uri).statusCode());
      assertEquals(400, get(URI.create(uri + "?dns=*")).statusCode());
      assertEquals(400, get(URI.create(uri + "?dns=AAAA")).statusCode());
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      assertEquals(405, status(request.method("DELETE", BodyPublishers.noBody())));
      assertEquals(415, status(request.POST(BodyPublishers.ofByteArray(query(0)))));
    }
  }

  @Test
  void doqAnswersAsTheZoneDoes() throws Exception {
    try (Server server = start(Protocol.DOQ);
        DnsSession session = DoqSession.connect(GROUP, target(server))) {
      assertArrayEquals(Zone.answer(query(0)), session.ask(query(0)).get());
    }
  }

  /** RFC 9250, section 4.3.3: a query whose ID is not 0 is a fatal error of the connection. */
  @Test
  void doqEndsTheConnectionOfAQueryWithAnId() throws Exception {
    try (Server server = start(Protocol.DOQ);
        DnsSession session = DoqSession.connect(GROUP, target(server))) {
      assertThrows(ExecutionException.class, () -> session.ask(query(7)).get());
      assertThrows(ExecutionException.class, () -> session.ask(query(0)).get());
    }
  }

  private static Server start(Protocol protocol) throws Exception {
    return Server.start(
        protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), identity);
  }

  private static Target target(Server server) {
    return new Target(server.address(), TestIdentity.NAME, identity.certificates(), null);
  }

  private static URI uri(Protocol protocol, Server server, String path) {
    String scheme = protocol == Protocol.DOHPLAIN ? "http" : "https";
    return URI.create(scheme + "://127.0.0.1:" + server.address().getPort() + path);
  }

  private static HttpResponse<byte[]> get(URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static byte[] query(int id) throws Exception {
    Message query = new Message(id);
    Record question = Record.newRecord(Name.fromString("a.example.com."), Type.A, DClass.IN);
    query.addRecord(question, Section.QUESTION);
    return query.toWire();
  }

  private static void assertAnswer(int id, HttpResponse<byte[]> response) throws Exception {
    assertEquals(200, response.statusCode());
    assertEquals(DNS, response.headers().firstValue("content-type").orElseThrow());
    Message answer = new Message(response.body());
    assertEquals(id, answer.getHeader().getID());
    ARecord record = (ARecord) answer.getSection(Section.ANSWER).get(0);
    assertEquals("a.example.com.", record.getName().toString());
  }
}
