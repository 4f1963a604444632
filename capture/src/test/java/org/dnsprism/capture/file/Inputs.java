// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.capture.file;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dnsprism.capture.FrameSource;

/** Captures in files and streams, and ways to read them. */
final class Inputs {
  private static final long PATIENCE_SECONDS = 60;

  private Inputs() {}

  /** So many frames of random length, one a millisecond, from a time on. */
  static List<TestFrame> frames(long seed, int count, int maxLength, long firstNanos) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TestFrame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(
          TestFrame.random(random, random.nextInt(maxLength + 1), firstNanos + i * 1_000_000L));
    }
    return frames;
  }

  static String write(Path folder, String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  /** Reads paths by one consumer. */
  static Reading read(String... names) throws IOException {
    return read(CaptureInput.of(List.of(names), InputStream.nullInputStream()));
  }

  static Reading readStandardInput(InputStream in) throws IOException {
    return read(CaptureInput.of(List.of(CaptureInput.STANDARD_INPUT), in));
  }

  static Reading read(CaptureInput input) throws IOException {
    try (FrameSource source = input.open(1).get(0)) {
      return Reading.of(source);
    }
  }

  /** Reads by several consumers at once, each on a thread and with a batch size of its own. */
  static List<Reading> readByAll(CaptureInput input, int consumers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(consumers);
    try {
      List<Future<Reading>> readings = new ArrayList<>();
      for (FrameSource source : input.open(consumers)) {
        int batch = 1 << readings.size();
        readings.add(
            threads.submit(
                () -> {
                  try (source) {
                    return Reading.of(source, batch);
                  }
                }));
      }
      List<Reading> all = new ArrayList<>();
      for (Future<Reading> reading : readings) {
        all.add(reading.get(PATIENCE_SECONDS, SECONDS));
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Gives few bytes at a time and never says that there are more, as a slow pipe does. */
  static InputStream slowPipe(InputStream in, int atOnce) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, atOnce));
      }

      @Override
      public int available() {
        return 0;
      }
    };
  }
}
