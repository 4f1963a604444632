// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture;

import java.io.IOException;

/** The input is not a whole capture: cut short, or bytes that no writer of the format makes. */
public final class DamagedCaptureException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says in one line where and how the input broke.
   *
   * @param message source name, byte position and what is wrong there
   */
  public DamagedCaptureException(String message) {
    super(message);
  }
}
