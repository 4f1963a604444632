// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.jmh;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.flow.FlowEngine;
import org.dnsprism.classifier.flow.FlowListener;
import org.dnsprism.classifier.flow.FlowSettings;
import org.dnsprism.classifier.flow.FlowShards;
import org.dnsprism.classifier.flow.PacketBatch;
import org.dnsprism.classifier.wire.DecodeStatus;
import org.dnsprism.classifier.wire.PacketDecoder;

/** Flows of the lab's captures, as the packet road has them. */
public final class LabFlows {
  private final FlowEngine[] engines = new FlowEngine[FlowShards.SHARDS];
  private final FlowShards shards;

  /** No flows yet. */
  public LabFlows(FlowListener listener) throws IOException {
    EndpointList endpoints = EndpointList.bundled();
    for (int i = 0; i < engines.length; i++) {
      FlowSettings settings = FlowSettings.forShards(FlowShards.SHARDS);
      engines[i] = new FlowEngine(settings, endpoints, listener, 1);
    }
    shards = new FlowShards(engines);
  }

  /** Takes the frames of a capture one by one until there are no more or something is so. */
  public LabFlows after(List<LabFrames.Frame> frames, BooleanSupplier enough) {
    PacketBatch batch = new PacketBatch();
    PacketDecoder decoder = new PacketDecoder();
    for (LabFrames.Frame frame : frames) {
      if (enough.getAsBoolean()) {
        break;
      }
      if (frame.decode(decoder, batch.next()) == DecodeStatus.TRANSPORT) {
        batch.add(0);
        shards.accept(batch);
        batch.clear();
      }
      decoder.release();
    }
    return this;
  }

  /** Takes all frames of a capture. */
  public LabFlows after(List<LabFrames.Frame> frames) {
    return after(frames, () -> false);
  }

  /** Ends all flows. */
  public void finish() {
    for (FlowEngine engine : engines) {
      engine.finish(0);
    }
  }

  /** The flows. */
  public FlowShards shards() {
    return shards;
  }
}
