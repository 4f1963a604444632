// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

/** An endpoint list cannot be used; the message is one line that says where and why. */
public final class EndpointListException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;

  EndpointListException(String source, int line, String problem) {
    super(source + ':' + line + ": " + problem);
    this.source = source;
    this.line = line;
  }

  EndpointListException(String source, int line, String problem, Throwable cause) {
    this(source, line, problem);
    initCause(cause);
  }

  /** Name of the list at fault. */
  public String source() {
    return source;
  }

  /** Line at fault, counted from 1. */
  public int line() {
    return line;
  }
}
