// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Tells whether two runs have the same options, without telling the options. */
final class ConfigurationDigest {
  private static final int BYTES = 8;

  private ConfigurationDigest() {}

  /** Of all options of a command as they are in force, in hexadecimal. */
  static String of(CommandSpec spec) {
    TreeSet<String> options = new TreeSet<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      options.add(option.longestName() + "=" + value);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] all = digest.digest(String.join("\n", options).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(all, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
