// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which version this is, as the jar's manifest tells. */
final class Version implements IVersionProvider {
  /** Made by picocli. */
  Version() {}

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "dnsprism " + (version == null ? "(unpacked)" : version),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
