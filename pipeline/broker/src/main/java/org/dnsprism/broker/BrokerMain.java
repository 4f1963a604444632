// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.broker;

import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, for tests that freeze it, kill it and start it again. */
public final class BrokerMain {
  private BrokerMain() {}

  /**
   * Starts it, and says so on standard output when it takes connections.
   *
   * @param args folder of its data, its port, the port of its controller
   */
  public static void main(String[] args) {
    EmbeddedBroker broker =
        EmbeddedBroker.startAt(
            Path.of(args[0]), List.of(Integer.valueOf(args[1]), Integer.valueOf(args[2])));
    System.out.println("ready at " + broker.bootstrapServers());
  }
}
