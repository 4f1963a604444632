// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate from the JDK's own keytool, which is its own authority. */
final class TestIdentity {
  static final String NAME = "dns.lab.test";

  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "peer";

  private TestIdentity() {}

  static Identity create(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("peer.p12");
    generate(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Identity(
        writePem(
            folder.resolve("cert.pem"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
        writePem(
            folder.resolve("key.pem"),
            "PRIVATE KEY",
            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
  }

  private static void generate(Path store) throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = {
      keytool.toString(),
      "-genkeypair",
      "-alias",
      ALIAS,
      "-keyalg",
      "EC",
      "-groupname",
      "secp256r1",
      "-dname",
      "CN=" + NAME,
      "-ext",
      "san=dns:" + NAME + ",ip:127.0.0.1",
      "-storetype",
      "PKCS12",
      "-keystore",
      store.toString(),
      "-storepass",
      PASSWORD
    };
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool made no key");
    }
  }

  private static Path writePem(Path file, String kind, byte[] der) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
