// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.ring;

import java.io.IOException;

/** The sockets of several threads that share the frames of one interface, by flow. */
final class FanoutGroup {
  private final int members;
  private final boolean ignoreOutgoing;
  private int number = -1;

  FanoutGroup(int members, boolean ignoreOutgoing) {
    this.members = members;
    this.ignoreOutgoing = ignoreOutgoing;
  }

  /** Lets a socket join; alone it has no need to. */
  synchronized void join(PacketSocket socket) throws IOException {
    if (members > 1) {
      number = socket.join(number, ignoreOutgoing);
    }
  }
}
