// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.broker;

import org.dnsprism.pipeline.demo.BrokerLauncher;

/** Offers the embedded broker to the demo. */
public final class EmbeddedBrokerLauncher implements BrokerLauncher {
  /** Made by the service loader. */
  public EmbeddedBrokerLauncher() {}

  @Override
  public RunningBroker launch() {
    return EmbeddedBroker.start();
  }
}
