// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups against a linear scan that knows nothing of hashes, masks or tables. */
class LookupOracleTest {
  private static final String[] LABELS = {"a", "b", "dns", "doh", "x1", "example", "test", "org"};
  private static final String[] ENDINGS = {"zone.example", "x.dns.test", "org", "one.example", "g"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void namesAgreeWithLinearScan(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<String> rules = new TreeSet<>();
    int count = 1 + random.nextInt(300);
    for (int i = 0; i < count; i++) {
      rules.add((random.nextBoolean() ? "suffix " : "exact ") + name(random, 4));
    }
    EndpointList list = listOf(rules);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = name(random, 6);
      String expected = scanNames(rules, name);
      assertEquals(expected, Lists.match(list, name), name);
      found += expected.equals("none") ? 0 : 1;
    }
    assertTrue(found > 100, "the generator must hit the rules: " + found);
  }

  /** Rules so long that the end of a name alone can rule all of them out. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void longNamesAgreeWithLinearScan(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<String> rules = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      String kind = random.nextBoolean() ? "suffix " : "exact ";
      rules.add(kind + name(random, 3) + "." + ENDINGS[random.nextInt(3)]);
    }
    EndpointList list = listOf(rules);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String ending = ENDINGS[random.nextInt(ENDINGS.length)];
      String name = random.nextInt(8) == 0 ? ending : name(random, 5) + "." + ending;
      String expected = scanNames(rules, name);
      assertEquals(expected, Lists.match(list, name), name);
      found += expected.equals("none") ? 0 : 1;
    }
    assertTrue(found > 100, "the generator must hit the rules: " + found);
  }

  private static String name(SplittableRandom random, int mostLabels) {
    StringBuilder name = new StringBuilder();
    int labels = 1 + random.nextInt(mostLabels);
    for (int i = 0; i < labels; i++) {
      name.append(i == 0 ? "" : ".").append(LABELS[random.nextInt(LABELS.length)]);
    }
    return name.toString();
  }

  private static String scanNames(Iterable<String> rules, String name) {
    String best = "none";
    int bestScore = -1;
    for (String rule : rules) {
      String value = rule.substring(rule.indexOf(' ') + 1);
      boolean exact = rule.startsWith("exact");
      boolean matches = name.equals(value) || (!exact && name.endsWith("." + value));
      int score = value.length() + (exact ? 1000 : 0);
      if (matches && score > bestScore) {
        best = rule;
        bestScore = score;
      }
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void addressesAgreeWithLinearScan(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<String> rules = new TreeSet<>();
    for (int i = 0; i < 400; i++) {
      rules.add(addressRule(random, random.nextBoolean()));
    }
    EndpointList list = listOf(rules);
    List<Network> networks = new ArrayList<>();
    for (String rule : rules) {
      networks.add(Network.of(rule));
    }
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      String address = address(random, random.nextBoolean());
      String expected = scanAddresses(networks, address);
      assertEquals(expected, Lists.match(list, address), address);
      found += expected.equals("none") ? 0 : 1;
    }
    assertTrue(found > 100, "the generator must hit the rules: " + found);
  }

  /** Addresses that differ in few bits, so that prefixes of all lengths overlap. */
  private static String address(SplittableRandom random, boolean v4) throws Exception {
    byte[] bytes = new byte[v4 ? 4 : 16];
    bytes[0] = (byte) (v4 ? 192 : 0x20);
    for (int i = 0; i < 5; i++) {
      int bit = 8 + random.nextInt(8 * bytes.length - 8);
      bytes[bit / 8] |= (byte) (random.nextBoolean() ? 0 : 0x80 >> (bit % 8));
    }
    return InetAddress.getByAddress(bytes).getHostAddress();
  }

  private static String addressRule(SplittableRandom random, boolean v4) throws Exception {
    String address = address(random, v4);
    int width = v4 ? 32 : 128;
    int length = 8 + random.nextInt(width - 7);
    if (length == width) {
      return "address " + AddressText.parse(address).text();
    }
    BigInteger bits = new BigInteger(1, InetAddress.getByName(address).getAddress());
    BigInteger network = bits.shiftRight(width - length).shiftLeft(width - length);
    byte[] bytes = new byte[width / 8];
    byte[] magnitude = network.toByteArray();
    for (int i = 1; i <= Math.min(bytes.length, magnitude.length); i++) {
      bytes[bytes.length - i] = magnitude[magnitude.length - i];
    }
    String text = InetAddress.getByAddress(bytes).getHostAddress();
    return "prefix " + AddressText.parse(text).text() + "/" + length;
  }

  /** A rule as plain integers. */
  private record Network(String rule, int width, BigInteger bits, int length) {
    static Network of(String rule) throws Exception {
      String[] parts = rule.substring(rule.indexOf(' ') + 1).split("/", 2);
      byte[] bytes = InetAddress.getByName(parts[0]).getAddress();
      int width = bytes.length * 8;
      int length = parts.length == 1 ? width : Integer.parseInt(parts[1]);
      return new Network(rule, width, new BigInteger(1, bytes).shiftRight(width - length), length);
    }

    boolean contains(byte[] address) {
      return address.length * 8 == width
          && new BigInteger(1, address).shiftRight(width - length).equals(bits);
    }
  }

  private static String scanAddresses(List<Network> networks, String text) throws Exception {
    byte[] address = InetAddress.getByName(text).getAddress();
    String best = "none";
    int bestLength = -1;
    for (Network network : networks) {
      if (network.contains(address) && network.length() > bestLength) {
        best = network.rule();
        bestLength = network.length();
      }
    }
    return best;
  }

  private static EndpointList listOf(Iterable<String> rules) throws EndpointListException {
    List<String> lines = new ArrayList<>();
    rules.forEach(rule -> lines.add(rule + " Op"));
    return Lists.list(lines.toArray(String[]::new));
  }
}
