// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.spool;

/** The spool's disk does not do what it should. The message says in one line what is wrong. */
public final class SpoolException extends Exception {
  private static final long serialVersionUID = 1L;

  SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
