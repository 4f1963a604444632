// SPDX-License-Identifier: Apache-2.0

import java.io.FileInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Calls by the client of the JDK, each on a connection of its own over HTTP/2: small JSON by POST,
 * or DNS over HTTPS. Usage: java Calls.java CA.pem SEED COUNT NAMES_FILE api|doh URL...
 */
final class Calls {
  private static final int AT_ONCE = 6;

  public static void main(String[] words) throws Exception {
    List<String> names = Files.readAllLines(Path.of(words[3]));
    List<String> urls = List.of(words).subList(5, words.length);
    boolean doh = words[4].equals("doh");
    SSLContext tls = trusting(words[0]);
    int count = Integer.parseInt(words[2]);
    List<Thread> workers =
        IntStream.range(0, AT_ONCE)
            .mapToObj(
                worker ->
                    new Thread(
                        () -> {
                          for (int i = worker; i < count; i += AT_ONCE) {
                            Random random = new Random(Long.parseLong(words[1]) * 1000 + i);
                            call(tls, urls.get(random.nextInt(urls.size())), doh, names, random);
                          }
                        }))
            .toList();
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      worker.join();
    }
    System.exit(0);
  }

  private static SSLContext trusting(String file) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (FileInputStream in = new FileInputStream(file)) {
      store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void call(SSLContext tls, String url, boolean doh, List<String> names, Random random) {
    HttpClient client =
        HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_2).build();
    boolean get = doh && random.nextInt(3) == 0;
    String target = doh ? url : url + "/call/" + (30 + random.nextInt(370)) + "/" + (5 + random.nextInt(85));
    int mean = 60 + random.nextInt(200);
    int spread = 1 + random.nextInt(70);
    int atOnce = 1 + random.nextInt(2);
    int pause = 20 + random.nextInt(600);
    for (int turn = 2 + random.nextInt(28); turn > 0; turn--) {
      String name = names.get(random.nextInt(names.size()));
      CompletableFuture<?>[] calls =
          IntStream.range(0, atOnce)
              .mapToObj(
                  i ->
                      client.sendAsync(
                          doh
                              ? query(target, question(name, i == 0 ? 1 : 28), get)
                              : json(target, mean + random.nextInt(spread)),
                          BodyHandlers.ofByteArray()))
              .toArray(CompletableFuture[]::new);
      try {
        CompletableFuture.allOf(calls).join();
        Thread.sleep((long) (pause * (0.5 + random.nextDouble())));
      } catch (RuntimeException | InterruptedException problem) {
        System.err.println(url + ": " + problem);
        return;
      }
    }
  }

  private static HttpRequest query(String url, byte[] message, boolean get) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder().timeout(Duration.ofSeconds(10)).header("accept", "application/dns-message");
    return get
        ? request
            .uri(URI.create(url + "?dns=" + Base64.getUrlEncoder().withoutPadding().encodeToString(message)))
            .build()
        : request
            .uri(URI.create(url))
            .header("content-type", "application/dns-message")
            .POST(BodyPublishers.ofByteArray(message))
            .build();
  }

  private static HttpRequest json(String url, int bytes) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(10))
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString("{\"method\":\"get\",\"params\":\"" + "p".repeat(bytes) + "\"}"))
        .build();
  }

  private static byte[] question(String name, int type) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.")) {
      out.write(label.length());
      out.writeBytes(label.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    out.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
    return out.toByteArray();
  }
}
