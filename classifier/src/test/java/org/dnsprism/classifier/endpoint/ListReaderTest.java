// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.dnsprism.classifier.endpoint.EndpointListException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListReaderTest {
  private static final String FULL_HEADER =
      "kind value operator operator_country service protocols sharing tier customer_label"
          + " first_seen last_seen valid_until sources note";

  @Test
  void allColumnsAreRead() throws Exception {
    EndpointList list =
        Lists.list(
            FULL_HEADER,
            "suffix r.test Op DE kids dot:853,dot:8853,doh web tail no 2020-01-02 2021-02-03"
                + " 2022-03-04 one,two words");
    Endpoint endpoint = list.endpoint(0);
    assertEquals(
        new Endpoint(
            MatchKind.SUFFIX,
            "r.test",
            "Op",
            "DE",
            "kids",
            List.of(
                new ServedPort(EndpointProtocol.DOT, 853),
                new ServedPort(EndpointProtocol.DOT, 8853),
                new ServedPort(EndpointProtocol.DOH, 443)),
            Sharing.WEB,
            Tier.TAIL,
            false,
            LocalDate.of(2020, 1, 2),
            LocalDate.of(2021, 2, 3),
            LocalDate.of(2022, 3, 4),
            "one,two",
            "test"),
        endpoint);
    assertEquals(LocalDate.of(2021, 2, 3), list.newestSource());
  }

  @Test
  void shortFormHasDefaults() throws Exception {
    EndpointList list = Lists.list("suffix r.test Op", "exact s.test Op", "address 192.0.2.1 Op");
    Endpoint suffix = list.endpoint(Lists.findName(list, "x.r.test"));
    Endpoint exact = list.endpoint(Lists.findName(list, "s.test"));
    Endpoint address = list.endpoint(Lists.findAddress(list, "192.0.2.1"));
    assertEquals("[dot:853, doh:443, doq:853]", exact.services().toString());
    assertEquals("[do53:53, dot:853, doh:443, doq:853]", address.services().toString());
    assertEquals(Sharing.DEDICATED, exact.sharing());
    assertEquals(Tier.CORE, exact.tier());
    assertTrue(suffix.customerLabel());
    assertFalse(exact.customerLabel());
    assertNull(exact.lastSeen());
    assertEquals("ZZ", exact.operatorCountry());
  }

  @Test
  void fieldsMayBeQuotedByNothingButHaveSpacesAndTrailingOnesMayBeMissing() throws Exception {
    String text = "kind\tvalue\toperator\tnote\r\n\r\n# c\r\nexact\t r.test \tTwo Words\r\n";
    EndpointSource source = new EndpointSource("f", new StringReader("\ufeff" + text));
    EndpointList list = EndpointList.parse(List.of(source));
    assertEquals("Two Words", list.endpoint(0).operator());
    assertEquals("r.test", list.endpoint(0).value());
  }

  @Test
  void commentsAboveTheHeaderNameTheList() throws Exception {
    String text =
        """
        # words: and words
        # version: 7
        # stale_after: 2030-01-01
        kind\tvalue\toperator
        # version: 8
        """;
    EndpointList list =
        EndpointList.parse(List.of(new EndpointSource("f", new StringReader(text))));
    assertEquals("7", list.version());
    assertEquals(LocalDate.of(2030, 1, 1), list.staleAfter());
  }

  @Test
  void unicodeNamesBecomeALabels() throws Exception {
    EndpointList list = Lists.list("exact dns.bücher.test Op");
    assertEquals("exact dns.xn--bcher-kva.test", Lists.match(list, "dns.xn--bcher-kva.test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exact r.test | operator is missing",
        "exact  Op | value is missing",
        "wildcard r.test Op | unknown kind \"wildcard\", not one of exact suffix address prefix",
        "suffix *.r.test Op | write a suffix without \"*.\": *.r.test",
        "exact r..test Op | not a host name: r..test",
        "exact r.test. Op | not a host name: r.test.",
        "exact r/test Op | not a host name: r/test",
        "exact 192.0.2.1:53 Op | not a host name: 192.0.2.1:53",
        "address r.test Op | not an IP address: r.test",
        "address 192.0.2.256 Op | not an IP address: 192.0.2.256",
        "address 192.0.2 Op | not an IP address: 192.0.2",
        "address 192.0.02.1 Op | not an IP address: 192.0.02.1",
        "address 192.0.2.1.1 Op | not an IP address: 192.0.2.1.1",
        "address 2001:db8::1::2 Op | not an IP address: 2001:db8::1::2",
        "address fe80::1%eth0 Op | not an IP address: fe80::1%eth0",
        "address [2001:db8::1] Op | not an IP address: [2001:db8::1]",
        "address 224.0.0.251 Op | not a unicast address: 224.0.0.251",
        "address 0.0.0.0 Op | not a unicast address: 0.0.0.0",
        "address :: Op | not a unicast address: ::",
        "address ff02::fb Op | not a unicast address: ff02::fb",
        "address 192.0.2.0/24 Op | not an IP address: 192.0.2.0/24",
        "prefix 192.0.2.0 Op | a prefix needs a length, such as /24: 192.0.2.0",
        "prefix 192.0.2.0/32 Op | the prefix length must be 1 to 31: 192.0.2.0/32",
        "prefix 192.0.2.0/x Op | the prefix length must be 1 to 31: 192.0.2.0/x",
        "prefix 2001:db8::/128 Op | the prefix length must be 1 to 127: 2001:db8::/128",
        "prefix 192.0.2.1/24 Op | bits set behind the prefix length: 192.0.2.1/24",
        "prefix 2001:db8::1/64 Op | bits set behind the prefix length: 2001:db8::1/64",
        "exact r.test Op deu | operator_country must be two capital letters (ISO 3166-1): deu",
        "exact r.test Op DE x ftp | unknown protocol \"ftp\", not one of do53 dot doh doh3 doq"
            + " dnscrypt",
        "exact r.test Op DE x dot: | the port must be 1 to 65535: dot:",
        "exact r.test Op DE x dot:65536 | the port must be 1 to 65535: dot:65536",
        "exact r.test Op DE x dot:0 | the port must be 1 to 65535: dot:0",
        "exact r.test Op DE x dot no | unknown sharing \"no\", not one of dedicated web shared",
        "exact r.test Op DE x dot web 1 | unknown tier \"1\", not one of core default tail",
        "exact r.test Op DE x dot web core 1 | customer_label must be yes or no: 1",
        "exact r.test Op DE x dot web core no 2026 | first_seen is no date like 2026-01-31: 2026",
        "exact r.test Op DE x dot web core no    s n more | 15 fields, but the header names 14"
            + " columns",
        "exact q.test Op | exact q.test stands in line 3 already",
        "exact r.test Other FR | operator_country FR, but Other has DE further up",
      })
  void brokenLineIsReportedWithFileAndLine(String line, String problem) {
    EndpointSource source =
        Lists.source("my.tsv", "# words", FULL_HEADER, "exact q.test Other DE", line);
    EndpointListException e =
        assertThrows(EndpointListException.class, () -> EndpointList.parse(List.of(source)));
    assertEquals("my.tsv:4: " + problem, e.getMessage());
    assertEquals(List.of(new Problem("my.tsv", 4, problem)), e.problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind value | the header line must name the columns kind, value and operator,"
            + " separated by tabs",
        "kind value operator kind | the header line names a column twice",
        "exact r.test Op | unknown column \"exact\", not one of " + FULL_HEADER,
      })
  void brokenHeaderIsReported(String header, String problem) {
    EndpointSource source = Lists.source("my.tsv", header);
    EndpointListException e =
        assertThrows(EndpointListException.class, () -> EndpointList.parse(List.of(source)));
    assertEquals("my.tsv:1: " + problem, e.getMessage());
  }

  @Test
  void allBrokenLinesOfAllListsAreTold() {
    EndpointSource one =
        Lists.source("one", Lists.HEADER, "exact a.test", "exact b.test Op", "exact b.test Op");
    String broken = "# stale_after: soon\nkind\tvalue\nexact\tc.test\n";
    EndpointSource two = new EndpointSource("two", new StringReader(broken));
    EndpointListException e =
        assertThrows(EndpointListException.class, () -> EndpointList.parse(List.of(one, two)));
    assertEquals(
        List.of(
            "one:2: operator is missing",
            "one:4: exact b.test stands in line 3 already",
            "two:1: stale_after is no date like 2026-01-31: soon",
            "two:2: the header line must name the columns kind, value and operator,"
                + " separated by tabs"),
        e.problems().stream().map(Problem::toString).toList());
    assertEquals("one:2: operator is missing (and 3 more)", e.getMessage());
  }

  @Test
  void aListOfNonsenseTellsABoundedNumberOfProblems() {
    List<String> lines = new ArrayList<>(Collections.nCopies(500, "exact a/b Op"));
    lines.add(0, Lists.HEADER);
    EndpointSource source = Lists.source("f", lines.toArray(String[]::new));
    EndpointListException e =
        assertThrows(EndpointListException.class, () -> EndpointList.parse(List.of(source)));
    assertEquals(100, e.problems().size());
  }

  @Test
  void brokenUserListSaysWhichOfThem() {
    EndpointSource good = Lists.source("good", Lists.HEADER, "exact r.test Op");
    EndpointSource bad = Lists.source("bad", Lists.HEADER, "exact r.test");
    EndpointListException e =
        assertThrows(
            EndpointListException.class, () -> EndpointList.bundledWith(List.of(good, bad)));
    assertEquals("bad:2: operator is missing", e.getMessage());
  }

  @Test
  void messagesAreOneLineWhateverTheFieldHolds() {
    EndpointSource source =
        new EndpointSource("f", new StringReader("kind\tvalue\toperator\nexact\tr.test\tO\u0007p"));
    EndpointListException e =
        assertThrows(EndpointListException.class, () -> EndpointList.parse(List.of(source)));
    assertEquals("f:2: operator has control characters or more than 1000 letters", e.getMessage());
  }

  @Test
  void bytesThatAreNotUtf8AreFoundInTheirLine() {
    byte[] latin =
        "kind\tvalue\toperator\nexact\ta.test\tOp\nexact\tb.test\tB\u00e4r"
            .getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(latin, StandardCharsets.UTF_8);
    EndpointListException e =
        assertThrows(
            EndpointListException.class,
            () -> EndpointList.parse(List.of(new EndpointSource("f", new StringReader(text)))));
    assertEquals("f:3: operator has bytes that are not UTF-8", e.getMessage());
  }

  @Test
  void failingReaderIsReported() {
    Reader reader =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("disk gone");
          }

          @Override
          public void close() {}
        };
    EndpointListException e =
        assertThrows(
            EndpointListException.class,
            () -> EndpointList.parse(List.of(new EndpointSource("f", reader))));
    assertEquals("f:1: cannot be read: disk gone", e.getMessage());
  }

  @Test
  void exampleOfTheDocumentationIsAList() throws Exception {
    Path root = Path.of(System.getProperty("dnsprism.root", ".."));
    String text =
        Files.readAllLines(root.resolve("docs/endpoints.md")).stream()
            .dropWhile(line -> !line.startsWith("    kind\t"))
            .takeWhile(line -> line.startsWith("    "))
            .map(String::strip)
            .collect(Collectors.joining("\n"));
    EndpointSource source = new EndpointSource("docs", new StringReader(text));
    EndpointList list = EndpointList.parse(List.of(source));
    assertEquals("address 198.51.100.53", Lists.match(list, "198.51.100.53"));
    assertEquals("prefix 2001:db8:53::/48", Lists.match(list, "2001:db8:53::1"));
    assertEquals("suffix users.dns.example.net", Lists.match(list, "me.users.dns.example.net"));
    assertEquals(4, list.entries());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedListsAreReadOrRefusedInOneLine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String good =
        Lists.HEADER.replace(' ', '\t')
            + "\tprotocols\nexact\tr.test\tOp\tdot:853\nprefix\t2001:db8::/32\tOp\tdoh\n"
            + "address\t192.0.2.1\tOp\tdo53:53,dnscrypt:443\nsuffix\ts.test\t-\t\n";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        char letter = good.charAt(random.nextInt(good.length()));
        text.replace(at, at + random.nextInt(3), random.nextBoolean() ? "" : "" + letter);
      }
      try {
        EndpointSource source = new EndpointSource("f", new StringReader(text.toString()));
        assertTrue(EndpointList.parse(List.of(source)).entries() <= 4);
      } catch (EndpointListException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).matches("f:[1-9]\\d*: .+"), e.getMessage());
      }
    }
    assertTrue(refused > 5_000 && refused < 20_000, "refused: " + refused);
  }
}
