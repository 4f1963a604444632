// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture;

import java.io.IOException;

/** The process may not capture from an interface. */
public final class CapturePermissionException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says in one line what is missing and how it is granted.
   *
   * @param message interface and missing privilege
   */
  public CapturePermissionException(String message) {
    super(message);
  }
}
