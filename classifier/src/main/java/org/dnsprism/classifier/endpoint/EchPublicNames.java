// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Server names that stand in front of hidden ones: the public names of Encrypted ClientHello
 * configurations (RFC 9849, section 4). A name of this list says nothing about the server behind.
 */
public final class EchPublicNames {
  private static final String RESOURCE = "ech-public-names.tsv";
  private static final String VERSION = "# version: ";
  private static final String HEADER = "name\t";
  private static final EchPublicNames BUNDLED = read();

  private final String version;
  private final byte[][] names;

  private EchPublicNames(List<String> lines) {
    version =
        lines.stream()
            .filter(line -> line.startsWith(VERSION))
            .map(line -> line.substring(VERSION.length()))
            .collect(Collectors.joining());
    names =
        lines.stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith(HEADER))
            .map(line -> line.substring(0, line.indexOf('\t')).getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
  }

  /** The list that comes with the product. */
  public static EchPublicNames bundled() {
    return BUNDLED;
  }

  /**
   * Whether a name is listed. The list is a handful of names, so that all are compared.
   *
   * @param name lower-case ASCII without trailing dot
   */
  public boolean contains(byte[] name, int offset, int length) {
    for (byte[] listed : names) {
      if (Arrays.equals(listed, 0, listed.length, name, offset, offset + length)) {
        return true;
      }
    }
    return false;
  }

  /** Day of the list, such as 2026-11-25. */
  public String version() {
    return version;
  }

  private static EchPublicNames read() {
    try (InputStream resource = EchPublicNames.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      InputStreamReader reader = new InputStreamReader(resource, StandardCharsets.UTF_8);
      return new EchPublicNames(new BufferedReader(reader).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
