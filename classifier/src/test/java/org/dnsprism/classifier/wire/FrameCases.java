// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.wire;

import java.util.List;
import java.util.stream.Stream;

/** All hand-made frames that hold a whole packet. */
public final class FrameCases {
  private FrameCases() {}

  /** The frames. */
  public static List<FrameCase> all() {
    return Stream.of(LinkFrames.all(), TagFrames.all(), HeaderFrames.all(), TunnelFrames.all())
        .flatMap(List::stream)
        .toList();
  }
}
