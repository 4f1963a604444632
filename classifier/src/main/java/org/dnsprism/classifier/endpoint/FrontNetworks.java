// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Networks of web front ends: an address in one of them serves whoever asks for a name, so that it
 * tells nothing about DNS and never becomes a rule of an endpoint list.
 */
public final class FrontNetworks {
  private static final String RESOURCE = "shared-networks.txt";
  private static final FrontNetworks BUNDLED = read();

  private final List<AddressBlock> networks;

  private FrontNetworks(List<AddressBlock> networks) {
    this.networks = networks;
  }

  /** The networks that come with the product. */
  public static FrontNetworks bundled() {
    return BUNDLED;
  }

  /** Whether an address lies in one of them. */
  public boolean contains(AddressBlock address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static FrontNetworks read() {
    try (InputStream resource = FrontNetworks.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      InputStreamReader reader = new InputStreamReader(resource, StandardCharsets.UTF_8);
      return new FrontNetworks(
          new BufferedReader(reader)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(AddressBlock::parsePrefix)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
