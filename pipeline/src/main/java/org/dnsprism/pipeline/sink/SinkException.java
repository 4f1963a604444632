// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.sink;

/** A place that records go to does not take them. The message says in one line what to do. */
public final class SinkException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Cause {
    /** The place cannot be written to: no room, no such folder. */
    OUTPUT,
    /** A service such as Kafka is not available. */
    UNAVAILABLE,
    /** The service is there and does not want us, or the settings make no sense. */
    CONFIGURATION
  }

  private final Cause kind;

  /** Says what is wrong. */
  public SinkException(Cause kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is wrong, by kind. */
  public Cause kind() {
    return kind;
  }
}
