// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Sets how much the log on standard error tells. */
final class LogSetup {
  private LogSetup() {}

  /** Levels, most silent first. */
  enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** Sets the level; libraries are silent unless more than errors is asked for. */
  static void apply(LogLevel level) {
    boolean libraries = level.compareTo(LogLevel.ERROR) > 0;
    set(org.slf4j.Logger.ROOT_LOGGER_NAME, libraries ? of(level) : Level.OFF);
    set("org.dnsprism", of(level));
  }

  private static Level of(LogLevel level) {
    return Level.toLevel(level.name());
  }

  private static void set(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
