// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.dnsprism.broker.EmbeddedBroker;
import org.dnsprism.pipeline.kafka.Completeness.Finding;
import org.dnsprism.pipeline.kafka.DeliverySettings;
import org.dnsprism.pipeline.kafka.KafkaSettings;
import org.dnsprism.pipeline.kafka.KafkaSink;
import org.dnsprism.pipeline.kafka.SpoolDrain;
import org.dnsprism.pipeline.kafka.TopicScan;
import org.dnsprism.pipeline.sink.SinkException;
import org.dnsprism.pipeline.sink.Stamper;
import org.dnsprism.pipeline.spool.SpoolSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with passwords, TLS and access control, and what it says to those it does not want. */
class KafkaSecurityTest {
  private static final String PREFIX = "secured.";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
          + " password=\"%s\"";

  @TempDir private static Path keys;
  @TempDir Path folder;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    makeKeys("broker");
    makeKeys("stranger");
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.plaintext.plain.sasl.jaas.config",
        LOGIN.formatted("admin", "a") + " user_admin=\"a\" user_agent=\"b\" user_guest=\"c\";");
    settings.put("ssl.keystore.location", keys.resolve("broker.p12").toString());
    settings.put("ssl.keystore.password", "changeit");
    settings.put("ssl.truststore.location", keys.resolve("broker.p12").toString());
    settings.put("ssl.truststore.password", "changeit");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("super.users", "User:admin;User:ANONYMOUS");
    broker = EmbeddedBroker.start(settings);
    grant();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static void makeKeys(String name) throws Exception {
    keytool("-genkeypair", name, "-keyalg", "EC", "-dname", "CN=x", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", name, "-rfc", "-file", keys.resolve(name + ".pem").toString());
  }

  private static void keytool(String what, String name, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(what, "-alias", name, "-storetype", "PKCS12", "-storepass", "changeit"));
    command.addAll(List.of("-keystore", keys.resolve(name + ".p12").toString()));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
  }

  /** The agent's rights, as the documentation lists them; the guest may only look at topics. */
  private static void grant() throws Exception {
    Map<String, Object> config = new HashMap<>(client("admin", "a", "broker"));
    config.put("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      admin
          .createAcls(
              List.of(
                  acl("agent", ResourceType.TOPIC, PREFIX, AclOperation.ALL),
                  acl("guest", ResourceType.TOPIC, PREFIX, AclOperation.ALL),
                  acl("agent", ResourceType.TRANSACTIONAL_ID, "dnsprism-", AclOperation.WRITE),
                  acl("agent", ResourceType.GROUP, "dnsprism-", AclOperation.READ)))
          .all()
          .get();
    }
  }

  private static AclBinding acl(String user, ResourceType type, String name, AclOperation right) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.PREFIXED),
        new AccessControlEntry("User:" + user, "*", right, AclPermissionType.ALLOW));
  }

  private static Map<String, String> client(String user, String password, String trusted) {
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        LOGIN.formatted(user, password) + ";",
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        keys.resolve(trusted + ".pem").toString());
  }

  @Test
  void theDocumentedRightsAreEnough() throws Exception {
    KafkaSettings settings = settings(PREFIX, client("agent", "b", "broker"));
    KafkaSink sink = sink(settings);
    MadeRecords records = new MadeRecords(new Stamper("agent", run(), List.of(sink)));
    records.window(10, 100);
    records.summary();
    sink.finish();
    sink.close();
    List<Finding> findings = TopicScan.read(settings, null).completeness().findings();
    assertEquals(12, findings.stream().mapToLong(Finding::records).sum());
    assertTrue(findings.stream().allMatch(Finding::complete));
  }

  @Test
  void aWrongPasswordIsRefusedInOneLine() {
    assertRefused(client("agent", "guess", "broker"), PREFIX, "credentials");
  }

  @Test
  void aBrokerOfAnotherAuthorityIsNotTrusted() {
    assertRefused(client("agent", "b", "stranger"), PREFIX, "ssl.truststore");
  }

  @Test
  void missingRightsAreNamed() {
    assertRefused(client("guest", "c", "broker"), PREFIX, "transactional id dnsprism-*");
    assertRefused(client("agent", "b", "broker"), "others.", "topics others.*");
  }

  private void assertRefused(Map<String, String> client, String prefix, String word) {
    SinkException refusal = assertThrows(SinkException.class, () -> sink(settings(prefix, client)));
    assertEquals(SinkException.Cause.CONFIGURATION, refusal.kind(), refusal.getMessage());
    String line = String.valueOf(refusal.getMessage());
    assertTrue(line.contains(word), line);
    assertEquals(1, line.lines().count(), line);
  }

  @Test
  void recordsThatAreTooLargeWaitApartUntilTheSettingsLetThem() throws Exception {
    Map<String, String> small = new HashMap<>(client("agent", "b", "broker"));
    small.put("max.request.size", "5000");
    KafkaSettings settings = settings(PREFIX + "large.", small);
    KafkaSink sink = sink(settings);
    MadeRecords records = new MadeRecords(new Stamper("agent", run(), List.of(sink)));
    records.window(3, 100);
    records.window(2, 10_000);
    records.window(3, 100);
    records.summary();
    SinkException left = assertThrows(SinkException.class, sink::finish);
    sink.close();
    assertEquals(SinkException.Cause.CONFIGURATION, left.kind());
    String line = String.valueOf(left.getMessage());
    assertTrue(line.contains("max.request.size") && line.contains("2 records wait"), line);
    KafkaSettings fixed = settings(PREFIX + "large.", client("agent", "b", "broker"));
    assertEquals("3-4", TopicScan.read(fixed, null).completeness().findings().get(0).gaps());
    assertEquals(2, SpoolDrain.run(fixed, delivery()));
    List<Finding> findings = TopicScan.read(fixed, null).completeness().findings();
    assertEquals(12, findings.stream().mapToLong(Finding::records).sum());
    assertTrue(findings.stream().allMatch(Finding::complete), findings.toString());
  }

  private static KafkaSettings settings(String prefix, Map<String, String> client) {
    return new KafkaSettings(broker.bootstrapServers(), prefix, true, client);
  }

  private KafkaSink sink(KafkaSettings settings) throws SinkException {
    return new KafkaSink(settings, delivery());
  }

  private DeliverySettings delivery() {
    SpoolSettings spool = new SpoolSettings(folder, SpoolSettings.DEFAULT_BYTES);
    return new DeliverySettings(spool, true, Duration.ofMinutes(2));
  }

  private static String run() {
    return UUID.randomUUID().toString();
  }
}
