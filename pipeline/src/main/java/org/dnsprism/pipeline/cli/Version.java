// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is, as the jar's manifest tells. */
final class Version implements IVersionProvider {
  /** Made by picocli. */
  Version() {}

  /** The number of the version. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(unpacked)" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "dnsprism " + number(), "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
