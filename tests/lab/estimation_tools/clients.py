# SPDX-License-Identifier: Apache-2.0
"""The client programs: each function runs one in a household and tells what it asked."""

import base64
import json
import subprocess
import time
from pathlib import Path

import dns.message

from estimation_tools import runs

DNSDIST = {"10.53.0.10": "dns.google", "10.53.0.11": "cloudflare-dns.com", "10.53.0.13": "dns.adguard-dns.com"}
UNBOUND_DOT, UNBOUND_DOH = "10.53.0.18", "10.53.0.15"
KRESD, BIND = "10.53.0.12", "10.53.0.16"
NAMES = {UNBOUND_DOT: "dns.isp.example", UNBOUND_DOH: "doh.opendns.com", KRESD: "dns.quad9.net", BIND: "dns.nextdns.io"}
NAMES |= DNSDIST


class Failed(Exception):
    """A client did not do what it should."""


class Asker:
    """One run of a client: where it runs, and its chances."""

    def __init__(self, laboratory, household, address, chance):
        self.lab, self.household, self.address, self.chance = laboratory, household, address, chance
        self.ca = laboratory.folder / "tls" / "ca.pem"

    def count(self, most=300):
        return max(1, int(round(most ** self.chance.random())))

    def names(self, count):
        """Names of all lengths; a tenth do not exist, a few have answers of thousands of bytes."""
        found = []
        for _ in range(count):
            label = "".join(self.chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=self.chance.randint(2, 30)))
            branch = self.chance.choices(("a", "b", "c", "t", "l", "nx"), (40, 20, 15, 8, 2, 10))[0]
            found.append(f"{label}.{branch}.wide.example")
        return found

    def questions(self, count):
        path = self.lab.folder / "run" / f"questions-{self.address}-{self.chance.getrandbits(24)}"
        kinds = {"t": ("TXT",), "l": ("TXT",)}
        lines = [f"{n} {self.chance.choice(kinds.get(n.split('.')[1], ('A', 'AAAA', 'HTTPS')))}" for n in self.names(count)]
        path.write_text("".join(line + "\n" for line in lines))
        return path

    def execute(self, *command, **options):
        return self.lab.execute(self.household, command, **options)

    def write_json(self, path, value):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))

    def write_policy(self, folder, name, value):
        """ip lays what is there over /etc in the household."""
        self.write_json(Path("/etc/netns") / self.lab.namespace(self.household) / folder / name, value)

    def key_digest(self, who):
        """By which Chromium accepts a key of an authority that it does not know."""
        key = subprocess.run(
            f"openssl x509 -in {self.lab.folder}/tls/{who}.crt -pubkey -noout | openssl pkey -pubin -outform der | "
            "openssl dgst -sha256 -binary | base64",
            shell=True, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return key.stdout.strip()

    def told(self, label, server, port, transport, flows, queries):
        protocol = "udp" if transport in ("doq", "doh3") else "tcp"
        return [runs.Run(label, self.household, self.address, server, port, protocol, transport, flows, queries)]


def pick(asker, *servers):
    return asker.chance.choice(servers)


def answers(result, wanted):
    got = result.stdout.count("->>HEADER<<-")
    if got != wanted:
        raise Failed(f"{' '.join(result.args[:8])}: {got} of {wanted} answers: {result.stderr[-200:]}")


def kdig(transport, servers, *options, most=60):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(most)
        port = 443 if transport == "doh" else 853
        name = [] if transport == "doq" else [f"+tls-sni={NAMES[server]}"]
        extra = [pick(asker, *option) if isinstance(option, tuple) else option for option in options]
        result = asker.execute(
            "kdig", "-b", asker.address, "-p", port, f"@{server}", *extra, *name, "+keepopen", *asker.names(count)
        )
        answers(result, count)
        return asker.told(f"kdig {' '.join(filter(None, extra))} {NAMES[server]}", server, port, transport, 1, count)

    return run


def kdig_each(transport, servers, *options):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(8)
        port = 443 if transport == "doh" else 853
        result = asker.execute("kdig", "-b", asker.address, "-p", port, f"@{server}", *options, *asker.names(count))
        answers(result, count)
        return asker.told(f"kdig {' '.join(options)} each {NAMES[server]}", server, port, transport, count, 1)

    return run


def dig(transport, servers, option):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(60)
        port = 443 if transport == "doh" else 853
        result = asker.execute(
            "dig", "-b", asker.address, f"@{server}", "-p", port, option, "+keepopen", "+tries=1", *asker.names(count)
        )
        answers(result, count)
        return asker.told(f"dig {option} {NAMES[server]}", server, port, transport, 1, count)

    return run


def dnsperf(transport, servers, *options, most=400):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(most)
        port, logged = (443 if transport == "doh" else 853), server in DNSDIST or server == BIND
        connections = pick(asker, 1, 3) if logged and count > 10 else 1
        outstanding = pick(asker, 1, 2, 5, 20, 60)
        extra = [pick(asker, *option) if isinstance(option, tuple) else option for option in options]
        extra = [word.replace("SERVER", NAMES[server]) for word in " ".join(extra).split()]
        rate = pick(asker, [], [], ["-Q", 40], ["-Q", 200])
        result = asker.execute(
            "dnsperf", "-m", transport, "-s", server, "-p", port, "-a", asker.address, "-T", 1, "-c", connections,
            "-q", outstanding, *rate, "-n", 1, *extra, "-d", asker.questions(count),
        )  # fmt: skip
        sent = [line.split()[-1] for line in result.stdout.splitlines() if "Queries sent:" in line]
        done = [line.split()[2] for line in result.stdout.splitlines() if "Queries completed:" in line]
        if sent != [str(count)] or done != sent:
            raise Failed(f"dnsperf {server} {extra}: {sent} sent, {done} done {result.stderr[-300:]}")
        label = f"dnsperf -c {connections} -q {outstanding} {' '.join(map(str, rate + extra))} {NAMES[server]}"
        return asker.told(label, server, port, transport, 1, None if connections > 1 else count)

    return run


def own_dot(servers, *options, most=120):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(most)
        connections = int(options[options.index("--connections") + 1]) if "--connections" in options else 1
        result = asker.execute(
            asker.lab.home / "estimation" / "dot-client", asker.address, server, asker.ca, *options, *asker.names(count)
        )
        if result.returncode:
            raise Failed(f"dot-client {options} {server}: {result.stderr[-300:]}")
        return asker.told(f"dot-client {' '.join(options)} {NAMES[server]}", server, 853, "dot", connections, count)

    return run


def query_files(asker, count):
    paths = []
    for name in asker.names(count):
        wire = dns.message.make_query(name, "A", use_edns=pick(asker, 0, -1))
        wire.id = 0
        path = asker.lab.folder / "run" / f"query-{asker.address}-{asker.chance.getrandbits(40)}"
        path.write_bytes(wire.to_wire())
        paths.append(path)
    return paths


def curl(servers, *options, most=40, one_by_one=True):
    """POSTs one after the other; else GETs at once, which may take several connections."""

    def run(asker):
        server, count = pick(asker, *servers), asker.count(most)
        url, words = f"https://{NAMES[server]}/dns-query", []
        common = ["-sS", "--fail", "--cacert", asker.ca, "--interface", asker.address, *options]
        files = query_files(asker, count)
        if one_by_one:
            for path in files:
                words += [*(["--next"] if words else []), *common, "-H", "content-type: application/dns-message"]
                words += ["--data-binary", f"@{path}", "-o", "/dev/null", url]
        else:
            words = [*common, "-Z", "-H", "accept: application/dns-message"]
            for path in files:
                text = base64.urlsafe_b64encode(path.read_bytes()).rstrip(b"=").decode()
                words += ["-o", "/dev/null", f"{url}?dns={text}"]
        result = asker.execute("curl", *words)
        if result.returncode:
            raise Failed(f"curl {options} {server}: {result.stderr[-300:]}")
        known = one_by_one or server not in (*DNSDIST, BIND)
        each = "close" in " ".join(options)
        flows, queries = (count, 1) if each else (1, count)
        kind = "POST" if one_by_one else "GET -Z"
        return asker.told(f"curl {kind} {' '.join(options)} {NAMES[server]}", server, 443, "doh", flows, queries if known else None)

    return run


def nghttp(servers):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(60)
        result = asker.execute(
            "nghttp", "-n", "--no-verify-peer", "-m", count, "-H", "content-type: application/dns-message",
            "-d", query_files(asker, 1)[0], f"https://{NAMES[server]}/dns-query",
        )  # fmt: skip
        if result.returncode:
            raise Failed(f"nghttp: {result.stderr[-300:]}")
        asker.address = f"10.53.{asker.household}.2"
        return asker.told(f"nghttp -m {NAMES[server]}", server, 443, "doh", 1, count)

    return run


def h2load(servers):
    def run(asker):
        server, count, streams = pick(asker, *servers), asker.count(300), pick(asker, 1, 3, 10)
        result = asker.execute(
            "h2load", "-n", count, "-c", 1, "-m", min(count, streams), "-H", "content-type: application/dns-message",
            "-d", query_files(asker, 1)[0], f"https://{NAMES[server]}/dns-query",
        )  # fmt: skip
        if f"{count} succeeded" not in result.stdout:
            raise Failed(f"h2load: {result.stdout[-300:]}")
        asker.address = f"10.53.{asker.household}.2"
        return asker.told(f"h2load -m {streams} {NAMES[server]}", server, 443, "doh", 1, count)

    return run


def netty(protocol, servers):
    def run(asker):
        server, count, burst = pick(asker, *servers), asker.count(300), pick(asker, 1, 1, 2, 5, 12)
        name = {"10.53.0.10": "dns.google", "10.53.0.13": "dns.adguard-dns.com", BIND: "dns.nextdns.io"}[server]
        unpadded, pause = pick(asker, "true", "false"), pick(asker, 0, 0, 20, 120 if count < 60 else 5)
        peers = asker.lab.home / "peers" / "target"
        result = asker.execute(
            "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m",
            "-cp", f"{peers}/classes:{peers}/lib/*", f"-Dbind={asker.address}", f"-Dburst={burst}",
            f"-Dunpadded={unpadded}", f"-Dinterval={pause}", "org.dnsprism.lab.Peers", "client", protocol, server,
            443 if protocol == "doh3" else 853, name, asker.ca, count, *asker.names(min(count, 40)),
        )  # fmt: skip
        if f"queries={count} answers={count}" not in result.stdout:
            raise Failed(f"netty {protocol}: {result.stdout} {result.stderr[-300:]}")
        port = 443 if protocol == "doh3" else 853
        label = f"netty {protocol} burst {burst} {'un' if unpadded == 'true' else ''}padded pause {pause}"
        return asker.told(label, server, port, protocol, 1, count)

    return run


def forwarder(program, transport, servers):
    """A stub on the client's machine, asked over UDP; the server's log says what it sent."""

    def run(asker):
        server, count = pick(asker, *servers), asker.count(200)
        log = asker.lab.folder / "run" / f"{program}-{asker.address}-{asker.chance.getrandbits(24)}"
        command, port = FORWARDERS[program](asker, server, log)
        process = asker.lab.start(asker.household, command, f"{log}.out")
        try:
            time.sleep(1)
            rate = pick(asker, 3, 30, 150) if count < 60 else pick(asker, 30, 150)
            result = asker.execute(
                "dnsperf", "-s", "127.0.0.1", "-p", port, "-n", 1, "-q", pick(asker, 1, 4, 20), "-Q", rate, "-t", 5,
                "-d", asker.questions(count),
            )  # fmt: skip
            if "Queries sent:" not in result.stdout:
                raise Failed(f"{program}: {result.stderr[-300:]}")
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        asker.address = f"10.53.{asker.household}.2"
        return asker.told(f"{program} {NAMES[server]}", server, 443 if transport == "doh" else 853, transport, 1, None)

    return run


def _stubby(asker, server, log):
    config = f"{log}.yml"
    padding = pick(asker, 128, 128, 0)
    with open(config, "w", encoding="utf-8") as out:
        out.write(
            "resolution_type: GETDNS_RESOLUTION_STUB\ndns_transport_list:\n  - GETDNS_TRANSPORT_TLS\n"
            "tls_authentication: GETDNS_AUTHENTICATION_REQUIRED\n"
            f'tls_ca_file: "{asker.ca}"\ntls_query_padding_blocksize: {padding}\nidle_timeout: 2000\n'
            f'appdata_dir: "{asker.lab.folder}/run"\nlisten_addresses:\n  - 127.0.0.1@5300\n'
            f'upstream_recursive_servers:\n  - address_data: {server}\n    tls_auth_name: "{NAMES[server]}"\n'
        )
    return ["stubby", "-C", config], 5300


def _unbound(asker, server, log):
    config = f"{log}.conf"
    with open(config, "w", encoding="utf-8") as out:
        out.write(
            f'server:\n  directory: "{asker.lab.folder}/run"\n  chroot: ""\n  username: ""\n  pidfile: "{log}.pid"\n'
            "  use-syslog: no\n  interface: 127.0.0.1@5310\n  do-not-query-localhost: no\n"
            f'  module-config: "iterator"\n  tls-cert-bundle: "{asker.ca}"\n'
            f"forward-zone:\n  name: .\n  forward-tls-upstream: yes\n  forward-addr: {server}@853#{NAMES[server]}\n"
        )
    return ["unbound", "-d", "-c", config], 5310


def _kresd(asker, server, log):
    config = f"{log}.lua"
    with open(config, "w", encoding="utf-8") as out:
        out.write(
            "net.listen('127.0.0.1', 5320, {kind = 'dns'})\ntrust_anchors.remove('.')\nmodules.load('policy')\n"
            f"policy.add(policy.all(policy.TLS_FORWARD({{{{'{server}', hostname='{NAMES[server]}', "
            f"ca_file='{asker.ca}'}}}})))\ncache.size = 10 * MB\n"
        )
    folder = f"{log}.d"
    return ["sh", "-c", f"mkdir -p {folder} && exec kresd -n -q -c {config} {folder}"], 5320


def _smartdns(asker, server, log):
    config = f"{log}.conf"
    with open(config, "w", encoding="utf-8") as out:
        out.write(
            f"bind 127.0.0.1:5302\ncache-size 0\nlog-level error\nlog-file {log}.log\nspeed-check-mode none\n"
            "dualstack-ip-selection no\nprefetch-domain no\n"
            f"server-tls {server}:853 -host-name {NAMES[server]} -no-check-certificate\n"
        )
    return ["smartdns", "-f", "-p", f"{log}.pid", "-c", config], 5302


def _dnss(asker, server, log):
    return [
        "dnss", "-enable_dns_to_https", "-dns_listen_addr", "127.0.0.1:5301",
        "-https_upstream", f"https://{NAMES[server]}/dns-query", "-https_client_cafile", asker.ca,
        "-fallback_upstream", "10.53.0.18:53", "-enable_cache=false",
    ], 5301  # fmt: skip


FORWARDERS = {"stubby": _stubby, "unbound": _unbound, "kresd": _kresd, "smartdns": _smartdns, "dnss": _dnss}

_DNSDIST_SOME, _DNSDIST_OTHER = ("10.53.0.10", "10.53.0.11"), ("10.53.0.13",)
_PADDING = ("+padding", "+nopadding", "+padding=128", "+padding=64")

KINDS = {
    "development": [
        kdig("dot", (*_DNSDIST_SOME, UNBOUND_DOT), "+tls", _PADDING),
        kdig("dot", (*_DNSDIST_SOME, UNBOUND_DOT), "+tls", ("+nopadding", "+edns"), most=200),
        kdig_each("dot", _DNSDIST_SOME, "+tls"),
        dig("dot", (*_DNSDIST_SOME, UNBOUND_DOT), "+tls"),
        dnsperf("dot", (*_DNSDIST_SOME, UNBOUND_DOT), ("", "-e", "-D")),
        dnsperf("dot", (*_DNSDIST_SOME, UNBOUND_DOT), ("", "-e", "-D")),
        own_dot((*_DNSDIST_SOME, UNBOUND_DOT)),
        own_dot((*_DNSDIST_SOME, UNBOUND_DOT), "--pack", "5"),
        own_dot((*_DNSDIST_SOME, UNBOUND_DOT), "--split"),
        own_dot((*_DNSDIST_SOME, UNBOUND_DOT), "--tls12"),
        own_dot(_DNSDIST_SOME, "--connections", "3", "--pause", "0.05", most=30),
        forwarder("stubby", "dot", _DNSDIST_SOME),
        forwarder("unbound", "dot", _DNSDIST_SOME),
        kdig("doh", (*_DNSDIST_SOME, UNBOUND_DOH), "+https", _PADDING),
        kdig("doh", (*_DNSDIST_SOME, UNBOUND_DOH), "+https-get", _PADDING, most=200),
        kdig_each("doh", _DNSDIST_SOME, "+https"),
        dig("doh", (*_DNSDIST_SOME, UNBOUND_DOH), "+https"),
        dnsperf("doh", (*_DNSDIST_SOME, UNBOUND_DOH), ("", "-e"), "-O doh-uri=https://SERVER/dns-query",
                ("-O doh-method=POST", "-O doh-method=GET")),
        dnsperf("doh", (*_DNSDIST_SOME, UNBOUND_DOH), ("", "-e"), "-O doh-uri=https://SERVER/dns-query",
                ("-O doh-method=POST", "-O doh-method=GET")),
        curl((*_DNSDIST_SOME, UNBOUND_DOH)),
        curl(_DNSDIST_SOME, "--tls-max", "1.2"),
        curl(_DNSDIST_SOME, one_by_one=False),
        netty("doq", ("10.53.0.13",)),
        netty("doq", ("10.53.0.13",)),
        netty("doq", ("10.53.0.13",)),
        kdig_each("doq", ("10.53.0.13",), "+quic"),
        netty("doh3", ("10.53.0.10",)),
        netty("doh3", ("10.53.0.10",)),
        netty("doh3", ("10.53.0.10",)),
    ],
    "evaluation": [
        kdig("dot", (KRESD, BIND, *_DNSDIST_OTHER), "+tls", _PADDING, most=120),
        kdig_each("dot", (KRESD, BIND), "+tls"),
        dig("dot", (KRESD, BIND, *_DNSDIST_OTHER), "+tls"),
        dnsperf("dot", (KRESD, BIND, *_DNSDIST_OTHER), ("", "-e", "-D")),
        dnsperf("dot", (KRESD, BIND), ("", "-e", "-D")),
        dnsperf("dot", (KRESD, BIND), ("", "-e", "-D")),
        own_dot((KRESD, BIND, *_DNSDIST_OTHER), "--pack", "3"),
        own_dot((KRESD, BIND, *_DNSDIST_OTHER), "--split"),
        own_dot((KRESD, *_DNSDIST_OTHER), "--tls12"),
        forwarder("smartdns", "dot", (BIND, *_DNSDIST_OTHER)),
        forwarder("kresd", "dot", (BIND, *_DNSDIST_OTHER)),
        forwarder("unbound", "dot", (BIND, *_DNSDIST_OTHER)),
        forwarder("stubby", "dot", (BIND, *_DNSDIST_OTHER)),
        kdig("doh", (KRESD, BIND, *_DNSDIST_OTHER), "+https", _PADDING, most=120),
        kdig("doh", (KRESD, *_DNSDIST_OTHER), "+https-get", _PADDING, most=120),
        dig("doh", (KRESD, BIND), "+https"),
        dnsperf("doh", (KRESD, BIND), ("", "-e"), "-O doh-uri=https://SERVER/dns-query",
                ("-O doh-method=POST", "-O doh-method=GET")),
        dnsperf("doh", (*_DNSDIST_OTHER, BIND), ("", "-e"), "-O doh-uri=https://SERVER/dns-query",
                ("-O doh-method=POST", "-O doh-method=GET")),
        curl((KRESD, BIND, *_DNSDIST_OTHER)),
        curl((BIND, *_DNSDIST_OTHER), one_by_one=False),
        curl(_DNSDIST_OTHER, "--tls-max", "1.2", "--http1.1"),
        nghttp((KRESD, BIND, *_DNSDIST_OTHER)),
        h2load((KRESD, BIND, *_DNSDIST_OTHER)),
        forwarder("dnss", "doh", (BIND, *_DNSDIST_OTHER)),
        netty("doq", (BIND,)),
        netty("doq", (BIND,)),
        netty("doq", (BIND,)),
        kdig_each("doq", (BIND,), "+quic"),
        netty("doh3", ("10.53.0.10",)),
        netty("doh3", ("10.53.0.10",)),
        netty("doh3", ("10.53.0.10",)),
    ],
}
