// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.demo;

/**
 * Starts a Kafka broker in this process. Found by {@link java.util.ServiceLoader}, so that the
 * broker's jars stay off the class path of everything but the demo and the tests.
 */
public interface BrokerLauncher {
  /** Starts a broker that listens on loopback and keeps its data in a folder of its own. */
  RunningBroker launch();

  /** A broker that runs. */
  interface RunningBroker extends AutoCloseable {
    /** Host and port that clients connect to. */
    String bootstrapServers();

    /** Stops the broker and deletes its data. */
    @Override
    void close();
  }
}
