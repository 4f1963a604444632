// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.kafka;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A replay in a process of its own that reads what it is given through a pipe. */
final class AgentProcess implements AutoCloseable {
  private static final int QUERY_FRAME_BYTES = 14 + 20 + 8 + 12 + 9;
  private static final int START_SECONDS = 1_700_000_000;

  private final Process process;
  private final DataOutputStream pipe;
  private int flows;

  private AgentProcess(Process process) throws IOException {
    this.process = process;
    pipe = new DataOutputStream(process.getOutputStream());
    ByteBuffer header = ByteBuffer.allocate(24);
    header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
    header.putLong(0).putInt(65_535).putInt(1);
    pipe.write(header.array());
  }

  /** Starts it; options go behind {@code replay -}. */
  static AgentProcess start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.dnsprism.pipeline.cli.Main");
    command.addAll(List.of("replay", "-", "--quiet", "--threads", "1", "--window", "1s"));
    command.addAll(List.of(options));
    return new AgentProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** A second of traffic: so many queries, each a flow of its own, and silence until they end. */
  void second(int queries) throws IOException {
    int second = START_SECONDS + 100 * (flows / queries);
    for (int i = 0; i < queries; i++) {
      pipe.write(frame(second, i, flows++));
    }
    pipe.flush();
  }

  private static byte[] frame(int second, int index, int flow) {
    ByteBuffer frame = ByteBuffer.allocate(16 + QUERY_FRAME_BYTES);
    frame.putInt(second).putInt(index).putInt(QUERY_FRAME_BYTES).putInt(QUERY_FRAME_BYTES);
    frame.putLong(0x0200_0000_0001_0200L).putInt(2).putShort((short) 0x0800);
    frame.putInt(0x4500_0000 | (QUERY_FRAME_BYTES - 14)).putInt(0).putInt(0x4011_0000);
    frame.putInt(0x0a35_0000 | (flow >> 14)).putInt(0xc000_0235);
    frame.putShort((short) (10_000 + (flow & 0x3fff))).putShort((short) 53);
    frame.putShort((short) (QUERY_FRAME_BYTES - 34)).putShort((short) 0);
    frame.putShort((short) flow).putShort((short) 0x0100).putShort((short) 1).putShort((short) 0);
    frame.putInt(0);
    frame.put((byte) 3).put((byte) 'a').put((byte) 'b').put((byte) 'c').put((byte) 0);
    frame.putInt(0x0001_0001);
    return frame.array();
  }

  /** The capture is over; returns the exit code. */
  int end() throws IOException, InterruptedException {
    pipe.close();
    process.waitFor(240, TimeUnit.SECONDS);
    return process.exitValue();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
