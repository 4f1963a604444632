// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.traffic;

/** Subscribers, resolvers and web servers, and the flows between them. */
final class Population {
  private static final double CLIENT_EXPONENT = 0.6;
  private static final double V6 = 0.35;
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 45_000;

  /** Has no common divisor with the number of ports, so that each comes once in a round. */
  private static final int PORT_STRIDE = 7_919;

  private static final int SERVERS = 1 << 17;
  private static final int OTHER_RESOLVERS = 2_000;
  private static final double SERVER_EXPONENT = 0.9;

  private final Mix mix;
  private final int[] portsUsed;
  private final QuicInitial crypto = new QuicInitial();

  Population(Plan plan) {
    mix = plan.mix();
    portsUsed = new int[(int) Math.max(16, Math.min(1 << 22, plan.flows() / 12))];
  }

  /**
   * Makes a flow.
   *
   * @param content packets of content, for kinds that have any
   */
  Flow flow(long number, Dice dice, double content) {
    Kind kind = mix.draw(dice);
    boolean v6 = dice.chance(V6);
    long packets = Math.max(1, (long) content);
    return switch (kind) {
      case DO53_UDP -> new DnsUdpFlow(ends(number, dice, v6, do53(dice, v6), 53), dice);
      case DO53_TCP -> new DnsTcpFlow(ends(number, dice, v6, do53(dice, v6), 53), dice);
      case DOT -> tls(kind, number, dice, v6, Resolver.pick(Resolver.DOT, dice), 853);
      case DOH -> tls(kind, number, dice, v6, Resolver.pick(Resolver.DOH, dice), 443);
      case DOH3 -> quic(kind, number, dice, v6, Resolver.pick(Resolver.DOH, dice), 443);
      case DOQ -> quic(kind, number, dice, v6, Resolver.pick(Resolver.DOQ, dice), 853);
      case DNSCRYPT -> dnsCrypt(number, dice, v6);
      default -> other(kind, number, dice, v6, packets);
    };
  }

  private static byte[] do53(Dice dice, boolean v6) {
    return dice.chance(0.92)
        ? Resolver.pick(Resolver.DO53, dice).address(v6)
        : server(v6, SERVERS - 1 - dice.zipf(OTHER_RESOLVERS, 1));
  }

  private DnsTlsFlow tls(Kind kind, long number, Dice dice, boolean v6, Resolver to, int port) {
    return DnsTlsFlow.of(kind, ends(number, dice, v6, to.address(v6), port), dice, to.name());
  }

  private QuicFlow quic(Kind kind, long number, Dice dice, boolean v6, Resolver to, int port) {
    Ends ends = ends(number, dice, v6, to.address(v6), port);
    return new QuicFlow(kind, ends, dice, crypto, to.name(), 0);
  }

  private DnsCryptFlow dnsCrypt(long number, Dice dice, boolean v6) {
    Resolver to = Resolver.pick(Resolver.DNSCRYPT, dice);
    int port = to == Resolver.DNSCRYPT.get(0) ? 8443 : 5443;
    return new DnsCryptFlow(ends(number, dice, v6, to.address(v6), port), dice);
  }

  private Flow other(Kind kind, long number, Dice dice, boolean v6, long packets) {
    int rank = dice.zipf(SERVERS - OTHER_RESOLVERS, SERVER_EXPONENT);
    byte[] server = server(v6, rank);
    String name = Names.of((int) (Dice.mixed(rank) >>> 44) * 2 + dice.below(2));
    return switch (kind) {
      case WEB_TLS -> new WebFlow(ends(number, dice, v6, server, 443), dice, name, packets);
      case WEB_QUIC -> {
        Ends ends = ends(number, dice, v6, server, 443);
        yield new QuicFlow(kind, ends, dice, crypto, name, packets);
      }
      case HTTP -> new PlainTcpFlow(kind, ends(number, dice, v6, server, 80), dice, name, packets);
      case TCP_OTHER ->
          new PlainTcpFlow(kind, ends(number, dice, v6, server, 22), dice, name, packets);
      case UDP_OTHER ->
          new DatagramFlow(ends(number, dice, v6, server, datagramPort(dice)), dice, packets);
      case SCAN -> new SynFlow(ends(number, dice, v6, server, 1 + dice.below(10_000)), dice);
      default -> new EchoFlow(ends(number, dice, v6, server, 0), dice);
    };
  }

  private static int datagramPort(Dice dice) {
    double what = dice.unit();
    return what < 0.4
        ? DatagramFlow.NTP
        : what < 0.6 ? DatagramFlow.WIREGUARD : what < 0.75 ? DatagramFlow.CALL : DatagramFlow.GAME;
  }

  /** A client and a port that it has not used lately, towards a server. */
  private Ends ends(long number, Dice dice, boolean v6, byte[] server, int serverPort) {
    int client = dice.zipf(portsUsed.length, CLIENT_EXPONENT);
    long turn = portsUsed[client]++ + (Dice.mixed(client) & 0xffff);
    int port = FIRST_PORT + (int) (turn * PORT_STRIDE % PORTS);
    return new Ends(number, subscriber(v6, client), port, server, serverPort);
  }

  /** In 100.64.0.0/10 (RFC 6598), or a network of its own in 2001:db8::/32 (RFC 3849). */
  private static byte[] subscriber(boolean v6, int rank) {
    int host = (int) (((long) rank * 2_654_435_761L) & 0x3fffff);
    if (!v6) {
      return new Bytes(4).u32(0x64400000 + host).toArray();
    }
    return new Bytes(16)
        .u32(0x20010db8)
        .u16(0x4000 + (host >>> 8))
        .u16(host & 0xff)
        .u32(0)
        .u32(host | (1 << 28))
        .toArray();
  }

  /** In 198.18.0.0/15 (RFC 2544), or in 2001:db8::/32. */
  private static byte[] server(boolean v6, int rank) {
    return v6
        ? new Bytes(16).u32(0x20010db8).u32(0xaaaa0000).u32(0).u32(rank + 1).toArray()
        : new Bytes(4).u32(0xc6120000 + rank).toArray();
  }
}
