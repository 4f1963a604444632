// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists and look-ups written as tests like to read them: fields separated by single spaces. */
final class Lists {
  static final String HEADER = "kind value operator";

  private Lists() {}

  static EndpointSource source(String name, String... lines) {
    String text = String.join("\n", lines).replace(' ', '\t');
    return new EndpointSource(name, new StringReader(text));
  }

  static EndpointList list(String... lines) throws EndpointListException {
    return EndpointList.parse(List.of(source("test", withHeader(lines))));
  }

  static EndpointList onTopOfBundled(String... lines) throws EndpointListException {
    return EndpointList.bundledWith(List.of(source("user", withHeader(lines))));
  }

  private static String[] withHeader(String... lines) {
    List<String> all = new ArrayList<>(List.of(lines));
    if (!lines[0].startsWith("kind")) {
      all.add(0, HEADER);
    }
    return all.toArray(String[]::new);
  }

  static int findName(EndpointList list, String name) {
    byte[] bytes = ("xx" + name + "yy").getBytes(StandardCharsets.US_ASCII);
    return list.findName(bytes, 2, bytes.length - 4);
  }

  static int findAddress(EndpointList list, String address) {
    AddressBlock block = AddressText.parse(address);
    return list.findAddress(block.high(), block.low());
  }

  /** Kind and value of the rule that a name or address finds, or "none". */
  static String match(EndpointList list, String nameOrAddress) {
    boolean address = nameOrAddress.matches("[0-9][0-9.]+|.*:.*");
    int index = address ? findAddress(list, nameOrAddress) : findName(list, nameOrAddress);
    if (index < 0) {
      return "none";
    }
    Endpoint endpoint = list.endpoint(index);
    return endpoint.kind().label() + " " + endpoint.value();
  }
}
