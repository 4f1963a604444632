// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

/** What the process ends with, after sysexits.h. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** The program has an error. */
  static final int INTERNAL = 1;

  /** The command line makes no sense. */
  static final int USAGE = 2;

  /** The input is damaged; what could be read has been reported. */
  static final int DAMAGED_INPUT = 65;

  /** There is no such input. */
  static final int NO_INPUT = 66;

  /** Kafka or another service is not available. */
  static final int UNAVAILABLE = 69;

  /** The output cannot be written. */
  static final int OUTPUT = 73;

  /** Permission is missing. */
  static final int NO_PERMISSION = 77;

  /** A configuration is broken. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
