// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the lab's peers.
 *
 * <pre>
 * server PROTOCOL ADDRESS PORT CERT_CHAIN.pem KEY.pkcs8.pem
 * client PROTOCOL ADDRESS PORT SNI CA.pem COUNT NAME...
 * </pre>
 *
 * PROTOCOL is {@code doq}, {@code doh3}, {@code doh1}, {@code http3} or {@code dohplain}. A server
 * prints {@code ready} when it can be reached and runs until SIGTERM. A client prints {@code
 * queries=N answers=N} and exits with 0 if each query was answered, 1 if not and 2 if it was called
 * wrongly. The system property {@code bind} is the client's own address, {@code interval} its pause
 * in milliseconds before each query but the first, {@code connections} how many connections it
 * makes, one after the other, each for the next names, {@code burst} how many queries it sends at
 * once before it waits for their answers, {@code unpadded} whether queries go without EDNS padding.
 * With {@code other} another implementation than Netty asks: Kwik for {@code doq}, Flupke for
 * {@code doh3}, and the JDK for {@code doh1}, over HTTP/2 where the server can.
 */
public final class Peers {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final String USAGE =
      """
      usage: server PROTOCOL ADDRESS PORT CERT_CHAIN.pem KEY.pkcs8.pem
             client PROTOCOL ADDRESS PORT SNI CA.pem COUNT NAME...
      PROTOCOL: doq, doh3, doh1, http3, dohplain\
      """;

  private Peers() {}

  /** Runs a server or a client. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(List.of(args), System.out, System.err));
  }

  /** Runs a server or a client and returns the exit code. */
  static int run(List<String> args, PrintStream out, PrintStream err) throws InterruptedException {
    try {
      if (args.size() == 6 && args.get(0).equals("server")) {
        return server(args, out);
      }
      if (args.size() >= 8 && args.get(0).equals("client")) {
        return client(args, out);
      }
      err.println(USAGE);
      return EXIT_USAGE;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return EXIT_USAGE;
    } catch (ExecutionException e) {
      err.println("no connection or no socket: " + e.getCause());
      return EXIT_FAILED;
    }
  }

  private static int server(List<String> args, PrintStream out)
      throws InterruptedException, ExecutionException {
    Identity identity = new Identity(Path.of(args.get(4)), Path.of(args.get(5)));
    InetAddress address = Target.address(args.get(2), args.get(2));
    InetSocketAddress socket = new InetSocketAddress(address, Integer.parseInt(args.get(3)));
    try (Server server = Server.start(Protocol.of(args.get(1)), socket, identity)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close"));
      out.println("ready");
      out.flush();
      server.awaitClosed();
    }
    return 0;
  }

  private static int client(List<String> args, PrintStream out)
      throws InterruptedException, ExecutionException {
    String sni = args.get(4);
    InetSocketAddress server =
        new InetSocketAddress(Target.address(sni, args.get(2)), Integer.parseInt(args.get(3)));
    Target target = new Target(server, sni, Path.of(args.get(5)), bind());
    Client client = new Client(Protocol.of(args.get(1)), target);
    int count = Integer.parseInt(args.get(6));
    int connections = Integer.getInteger("connections", 1);
    List<String> names = new ArrayList<>(args.subList(7, args.size()));
    int answers = 0;
    for (int connection = 0; connection < connections; connection++) {
      answers += client.run(names, count, Long.getLong("interval", 0)).answers();
      Collections.rotate(names, -count);
    }
    int queries = connections * count;
    out.println("queries=" + queries + " answers=" + answers);
    return answers == queries ? 0 : EXIT_FAILED;
  }

  private static @Nullable InetAddress bind() {
    String address = System.getProperty("bind");
    return address == null ? null : Target.address(address, address);
  }
}
