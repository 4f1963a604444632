// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.endpoint;

/** No resolver is there to ask; the message says which were tried. */
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
