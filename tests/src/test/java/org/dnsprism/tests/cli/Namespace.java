// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own: two interfaces joined by a virtual cable, no address, no route, and no
 * traffic but what a test sends. What enters at {@link #NEAR} comes out at {@link #FAR}.
 */
final class Namespace implements AutoCloseable {
  static final String NEAR = "near0";
  static final String FAR = "far0";
  private static final int FAR_NUMBER = 8;
  private static final long PATIENCE_SECONDS = 60;

  /** Lets sysfs show the interfaces in here, and hosts not announce themselves. */
  private static final String SETUP =
      "mount -t sysfs sysfs /sys"
          + " && echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; exec sleep 1h";

  private final Process holder;
  private final List<Program.Running> started = new ArrayList<>();

  private Namespace(Process holder) {
    this.holder = holder;
  }

  /** Makes one, or skips the test where that is not allowed. */
  static Namespace open() throws IOException, InterruptedException {
    assumeTrue(
        execute(List.of(), "unshare", "--net", "--mount", "true") == 0,
        "skipped: network namespaces cannot be made here");
    Process holder =
        new ProcessBuilder("unshare", "--net", "--mount", "sh", "-c", SETUP)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Namespace made = new Namespace(holder);
    made.awaitEntered();
    String near = "ip link add %s index %d type veth".formatted(NEAR, FAR_NUMBER + 1);
    String far = " peer name %s index %d".formatted(FAR, FAR_NUMBER);
    made.run((near + far).split(" ", -1));
    made.run("ip", "link", "set", FAR, "mtu", "65000", "up");
    made.run("ip", "link", "set", NEAR, "mtu", "65000", "up");
    return made;
  }

  private void awaitEntered() throws IOException, InterruptedException {
    Path words = Path.of("/proc/" + holder.pid() + "/cmdline");
    while (!Files.readString(words, StandardCharsets.UTF_8).startsWith("sleep")) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Words before a command that let it run in here. */
  List<String> inside() {
    return List.of("nsenter", "--target", String.valueOf(holder.pid()), "--net", "--mount");
  }

  /** Starts the program in here; it ends at the latest when this is closed. */
  Program.Running start(String... arguments) throws IOException {
    Program.Running running = Program.start(inside(), arguments);
    started.add(running);
    return running;
  }

  /** Runs a command in here to its good end. */
  void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, execute(inside(), command), () -> String.join(" ", command));
  }

  private static int execute(List<String> wrapper, String... command)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(wrapper);
    words.addAll(Arrays.asList(command));
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("does not end: " + String.join(" ", words));
    }
    return process.exitValue();
  }

  /** Waits until so many sockets take frames at {@link #FAR}. */
  void awaitPacketSockets(int number) throws IOException, InterruptedException {
    PacketSockets.await(net("packet"), FAR_NUMBER, number);
  }

  /** Frames that came out at {@link #FAR}, as the kernel counts them. */
  long received() throws IOException {
    for (String line : Files.readAllLines(net("dev"), StandardCharsets.UTF_8)) {
      if (line.strip().startsWith(FAR + ":")) {
        return Long.parseLong(line.strip().split("[:\\s]+", -1)[2]);
      }
    }
    throw new IllegalStateException("no interface " + FAR);
  }

  private Path net(String file) {
    return Path.of("/proc/" + holder.pid() + "/net/" + file);
  }

  @Override
  public void close() {
    started.forEach(Program.Running::kill);
    holder.destroyForcibly();
  }
}
