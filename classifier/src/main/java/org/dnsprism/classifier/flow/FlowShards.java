// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.flow;

import org.jspecify.annotations.Nullable;

/**
 * The shards of one worker. All workers see the same packets and each takes those of its shards;
 * the number of shards is fixed, so that results do not depend on the number of workers.
 */
public final class FlowShards {
  /** Shards are 2^this. */
  public static final int SHARD_BITS = 4;

  /** Into how many parts flows are divided. */
  public static final int SHARDS = 1 << SHARD_BITS;

  private final @Nullable FlowEngine[] engines;
  private long touched;

  /**
   * Takes over some shards.
   *
   * @param engines {@link #SHARDS} entries, null for shards of other workers
   */
  public FlowShards(@Nullable FlowEngine[] engines) {
    this.engines = engines.clone();
  }

  /** Takes the packets of a batch that belong to these shards, in order. */
  public void accept(PacketBatch batch) {
    int mine = sort(batch);
    look(batch, mine);
    bringNear(batch, mine);
    for (int i = 0; i < mine; i++) {
      FlowEngine engine = engines[batch.shards[i]];
      if (engine != null) {
        engine.accept(
            batch.packets[i],
            batch.forward[i],
            batch.hashes[i],
            batch.entries[i],
            batch.intervals[i]);
      }
    }
  }

  /** Moves the packets of these shards to the front, and their slots near. */
  private int sort(PacketBatch batch) {
    int mine = 0;
    long sum = 0;
    for (int i = 0; i < batch.size; i++) {
      int shard = FlowKey.shard(batch.packets[i], SHARD_BITS);
      FlowEngine engine = engines[shard];
      if (engine == null) {
        continue;
      }
      swap(batch, i, mine);
      boolean forward = FlowKey.forward(batch.packets[mine]);
      long hash = engine.hash(batch.packets[mine], forward);
      batch.shards[mine] = shard;
      batch.forward[mine] = forward;
      batch.hashes[mine] = hash;
      sum += engine.touch(hash);
      mine++;
    }
    touched = sum;
    return mine;
  }

  private static void swap(PacketBatch batch, int i, int j) {
    if (i != j) {
      var packet = batch.packets[i];
      batch.packets[i] = batch.packets[j];
      batch.packets[j] = packet;
      int interval = batch.intervals[i];
      batch.intervals[i] = batch.intervals[j];
      batch.intervals[j] = interval;
    }
  }

  private void look(PacketBatch batch, int mine) {
    for (int i = 0; i < mine; i++) {
      FlowEngine engine = engines[batch.shards[i]];
      if (engine != null) {
        batch.entries[i] = engine.find(batch.packets[i], batch.forward[i], batch.hashes[i]);
      }
    }
  }

  /** Touches what the inspection of each packet will need, so that these misses overlap too. */
  private void bringNear(PacketBatch batch, int mine) {
    long sum = touched;
    for (int i = 0; i < mine; i++) {
      FlowEngine engine = engines[batch.shards[i]];
      if (engine != null) {
        sum += engine.touchInspected(batch.packets[i], batch.entries[i]);
      }
    }
    touched = sum;
  }

  /** A value that depends on every slot read ahead, so that no read can be left out. */
  long touched() {
    return touched;
  }
}
