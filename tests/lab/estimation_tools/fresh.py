# SPDX-License-Identifier: Apache-2.0
"""Programs and options that the method was not made with: see docs/estimation.md."""

import base64
import subprocess
import time

import dns.message

from estimation_tools import clients
from estimation_tools.clients import BIND, DNSDIST, KRESD, NAMES, UNBOUND_DOH, UNBOUND_DOT, Failed, pick

GOOGLE, CLOUDFLARE, ADGUARD = DNSDIST
LOGGED = (GOOGLE, CLOUDFLARE, ADGUARD, BIND)


def long_names(asker, count):
    """Names as they are met: short ones, and hosts of delivery networks under several labels."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
    found = []
    for _ in range(count):
        labels = ["".join(asker.chance.choices(letters[:-1], k=asker.chance.randint(1, 14)))]
        for _ in range(asker.chance.choice((0, 0, 1, 2, 3))):
            labels.append("a" + "".join(asker.chance.choices(letters, k=asker.chance.randint(1, 16))) + "z")
        branch = asker.chance.choices(("a", "b", "c", "t", "l", "nx", "many"), (40, 20, 15, 6, 2, 10, 3))[0]
        found.append(".".join([*labels, branch, "wide.example"]))
    return found


def wires(asker, count, padded=None):
    """Queries in wire format with ID 0, all with EDNS or all without."""
    edns = pick(asker, 0, -1)
    block = pick(asker, 0, 128) if padded is None else padded
    found = []
    for name in long_names(asker, count):
        query = dns.message.make_query(name, pick(asker, "A", "A", "AAAA", "HTTPS"), use_edns=0 if block else edns, pad=block)
        query.id = 0
        found.append(query.to_wire())
    return found


def main_address(asker):
    """For programs that cannot be told an address of their own: the household's first."""
    asker.address = f"10.53.{asker.household}.2"


def node(mode, servers, most=200):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(most)
        burst, pause, pings, headers = pick(asker, 1, 1, 2, 3, 8, 20), pick(asker, 0, 0, 30, 100), pick(asker, 0, 0, 1), pick(asker, 0, 3, 8)
        if count > 60:
            pause = pick(asker, 0, 10)
        result = asker.execute(
            "node", asker.lab.home / "estimation" / "node-client.mjs", mode, asker.ca, asker.address, server, NAMES[server],
            burst, pause, pings, headers, input="".join(wire.hex() + "\n" for wire in wires(asker, count)),
        )  # fmt: skip
        if f"answers={count}" not in result.stdout:
            raise Failed(f"node {mode} {server}: {result.stdout} {result.stderr[-300:]}")
        transport, port = ("dot", 853) if mode == "dot" else ("doh", 443)
        return asker.told(f"node {mode} burst {burst} pings {pings} fields {headers} {NAMES[server]}", server, port, transport, 1, count)

    return run


def java(program, protocol, servers, most=200):
    """The lab's own clients on Netty, the JDK, Kwik and Flupke; the JDK is asked for HTTP/1.1 and takes HTTP/2."""

    def run(asker):
        server, count, burst = pick(asker, *servers), asker.count(most), pick(asker, 1, 1, 2, 4, 10)
        unpadded, method = pick(asker, "true", "false"), pick(asker, "get", "post")
        pause = pick(asker, 0, 0, 15, 80) if count < 60 else pick(asker, 0, 4)
        transport, port = ("doq", 853) if protocol == "doq" else ("doh" if protocol == "doh1" else protocol, 443)
        if program in ("jdk", "flupke"):
            main_address(asker)
        peers = asker.lab.home / "peers" / "target"
        result = asker.execute(
            "java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m", "-cp",
            f"{peers}/classes:{peers}/lib/*", f"-Dbind={asker.address}", f"-Dburst={burst}", f"-Dunpadded={unpadded}",
            f"-Dinterval={pause}", f"-Dmethod={method}", f"-Dother={program != 'netty'}", "org.dnsprism.lab.Peers", "client", protocol, server,
            port, NAMES[server], asker.ca, count, *long_names(asker, min(count, 60)),
        )  # fmt: skip
        if f"queries={count} " not in result.stdout or result.stdout.endswith("answers=0\n"):
            raise Failed(f"{program}: {result.stdout} {result.stderr[-300:]}")
        label = f"{program} {method} burst {burst} {'un' if unpadded == 'true' else ''}padded pause {pause}"
        return asker.told(label, server, port, transport, 1, count)

    return run


def gtlsclient(servers):
    """GETs at once; it cannot name the media type of a POST."""

    def run(asker):
        server, count = pick(asker, *servers), asker.count(90)
        main_address(asker)
        uris = []
        for wire in wires(asker, count):
            text = base64.urlsafe_b64encode(wire).rstrip(b"=").decode()
            uris.append(f"https://{NAMES[server]}/dns-query?dns={text}")
        result = asker.execute("gtlsclient", "--exit-on-all-streams-close", "--timeout=10s", NAMES[server], 443, *uris)
        got = (result.stdout + result.stderr).count("[:status: 200]")
        if result.returncode or got != count:
            raise Failed(f"gtlsclient: {result.returncode}, {got} of {count}")
        return asker.told("gtlsclient", server, 443, "doh3", 1, count)

    return run


def getdns(servers):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(80)
        main_address(asker)
        path = asker.lab.folder / "run" / f"names-{asker.chance.getrandbits(40)}"
        path.write_text("".join(f"{name} A\n" for name in long_names(asker, count)))
        words = pick(asker, [], ["-a"]) + pick(asker, [], ["-P", "128"], ["-P", "64"])
        asker.execute("getdns_query", "-s", "-l", "L", "-e", "2000", "-F", path, *words, f"@{server}~{NAMES[server]}")
        return asker.told(f"getdns_query {' '.join(words)} {NAMES[server]}", server, 853, "dot", 1, None)

    return run


def curl_resolver(servers):
    """curl asks a DoH server for the hosts of its URLs, which cannot be reached."""

    def run(asker):
        server, count = pick(asker, *servers), asker.count(40)
        main_address(asker)
        words = ["-sS", "--connect-timeout", "2", "--max-time", "3", "--cacert", asker.ca]
        words += ["--doh-url", f"https://{NAMES[server]}/dns-query"] + pick(asker, [], ["-Z"])
        asker.execute("curl", *words, *[f"http://{name}/" for name in long_names(asker, count)])
        return asker.told(f"curl-doh-url {words[-1]} {NAMES[server]}", server, 443, "doh", 1, None)

    return run


def page(asker, count):
    path = asker.lab.folder / "run" / f"page-{asker.chance.getrandbits(40)}.html"
    images = "".join(f'<img src="https://{name}/i.png">\n' for name in long_names(asker, count))
    path.write_text(f"<!doctype html><title>a page</title>{images}")
    return f"file://{path}"


def chromium(servers, quic=False):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(60)
        main_address(asker)
        name, template = NAMES[server], pick(asker, "", "{?dns}")
        authority = "".join(asker.ca.read_text().splitlines()[1:-1])
        asker.write_policy("chromium/policies/managed", "lab.json", {
            "DnsOverHttpsMode": "secure", "DnsOverHttpsTemplates": f"https://{name}/dns-query{template}",
            "BuiltInDnsClientEnabled": True, "CACertificates": [authority],
        })  # fmt: skip
        profile = asker.lab.folder / f"chromium-{asker.chance.getrandbits(40)}"
        log = f"{profile}.log"
        words = [f"--origin-to-force-quic-on={name}:443", f"--ignore-certificate-errors-spki-list={asker.key_digest('google')}"] if quic else []
        asker.execute(
            "env", f"HOME={asker.lab.folder}", "timeout", "20", "chromium", "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={profile}", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-default-apps", "--force-fieldtrials=QUIC/Enabled",
            "--force-fieldtrial-params=QUIC.Enabled:allow_port_migration/false", f"--log-net-log={log}", *words,
            "--dump-dom", page(asker, count),
        )  # fmt: skip
        label = f"chromium {'GET' if template else 'POST'} {name}"
        if not quic:
            return asker.told(label, server, 443, "doh", 1, None)
        told = asker.execute(asker.lab.home / "count-browser-queries", log).stdout.split()
        if not told or told[0] == "0":
            raise Failed(f"{label}: asked nothing")
        return asker.told(label, server, 443, "doh3", 1, int(told[0]))

    return run


def firefox(servers):
    def run(asker):
        server, count = pick(asker, *servers), asker.count(50)
        main_address(asker)
        folder = asker.lab.folder / f"firefox-{asker.chance.getrandbits(40)}"
        (folder / "profile").mkdir(parents=True)
        asker.write_json(folder / "policy" / "policies.json", {"policies": {
            "DNSOverHTTPS": {"Enabled": True, "ProviderURL": f"https://{NAMES[server]}/dns-query", "Locked": True, "Fallback": False},
            "Certificates": {"Install": [str(asker.ca)]}, "DisableTelemetry": True, "DisableAppUpdate": True,
            "Preferences": {"network.trr.bootstrapAddr": {"Value": server}, "network.trr.useGET": {"Value": pick(asker, True, False)}},
        }})  # fmt: skip
        asker.execute(
            "env", f"HOME={folder}", "bash", "-c",
            'mount --bind "$1" /usr/share/firefox-esr/distribution && exec timeout 15 firefox-esr --headless --no-remote --profile "$2" "$3"',
            "-", folder / "policy", folder / "profile", page(asker, count),
        )  # fmt: skip
        return asker.told(f"firefox {NAMES[server]}", server, 443, "doh", 1, None)

    return run


def dnsdist_client(transport, servers):
    """dnsdist 1.7 in the household, which passes on what dnsperf asks it."""

    def run(asker):
        server, count = pick(asker, *servers), asker.count(200)
        main_address(asker)
        config = asker.lab.folder / "run" / f"client-{asker.chance.getrandbits(40)}.lua"
        path = ", dohPath='/dns-query'" if transport == "doh" else ""
        library = pick(asker, "openssl", "gnutls")
        config.write_text(
            f"setSecurityPollSuffix('')\nsetACL('127.0.0.0/8')\nsetLocal('127.0.0.1:5330')\n"
            f"newServer({{address='{server}:{443 if path else 853}', tls='{library}', subjectName='{NAMES[server]}', "
            f"caStore='{asker.ca}', validateCertificates=true, checkInterval=30{path}}})\n"
        )
        command = ["dnsdist", "--supervised", "--disable-syslog", "--config", config]
        ask_stub(asker, command, 5330, count)
        return asker.told(f"dnsdist-client {library} {NAMES[server]}", server, 443 if path else 853, transport, 1, None)

    return run


def ask_stub(asker, command, port, count):
    process = asker.lab.start(asker.household, [str(word) for word in command], f"{command[-1]}.out")
    try:
        time.sleep(1)
        result = asker.execute(
            "dnsperf", "-s", "127.0.0.1", "-p", port, "-n", 1, "-q", pick(asker, 1, 3, 30), "-Q", pick(asker, 20, 60, 300),
            "-t", 3, "-d", asker.questions(count),
        )  # fmt: skip
        if "Queries sent:" not in result.stdout:
            raise Failed(f"{command[0]}: {result.stderr[-300:]}")
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


_DNSPERF_DOT = ("-e -E 10:0102030405060708", "-b 16", "-D -O num-queries-per-conn=40")
_DNSPERF_DOH = ("-D -O doh-method=POST", "-e -E 12:" + "00" * 40 + " -O doh-method=GET", "-O doh-method=POST", "-O doh-method=GET -b 16")
_KDIG = ("+subnet=10.1.2.0/24", "+cookie", "+padding=256", "+padding=32", "+nsid", "+dnssec")
_URI = "-O doh-uri=https://SERVER/dns-query"

FIRST = [
    getdns((*LOGGED,)),
    dnsdist_client("dot", (BIND, CLOUDFLARE)),
    node("dot", (UNBOUND_DOT, KRESD, BIND)),
    node("dot", (GOOGLE, KRESD, BIND)),
    clients.kdig("dot", (UNBOUND_DOT, KRESD, BIND, GOOGLE), "+tls", _KDIG, most=100),
    clients.dig("dot", (UNBOUND_DOT, KRESD, CLOUDFLARE), "+tls"),
    clients.dnsperf("dot", (BIND, GOOGLE), _DNSPERF_DOT),
    clients.dnsperf("dot", (UNBOUND_DOT, KRESD), _DNSPERF_DOT[:2]),
    clients.forwarder("unbound", "dot", (BIND, CLOUDFLARE)),
    chromium((GOOGLE, ADGUARD, BIND)),
    chromium((CLOUDFLARE, BIND)),
    curl_resolver((GOOGLE, ADGUARD, BIND)),
    node("post", (UNBOUND_DOH, KRESD, BIND)),
    node("get", (UNBOUND_DOH, KRESD, GOOGLE)),
    java("jdk", "doh1", (UNBOUND_DOH, KRESD, BIND, CLOUDFLARE)),
    java("jdk", "doh1", (UNBOUND_DOH, KRESD, BIND, CLOUDFLARE)),
    clients.forwarder("dnss", "doh", (GOOGLE, BIND)),
    clients.dnsperf("doh", (BIND, ADGUARD), _URI, _DNSPERF_DOH),
    clients.dnsperf("doh", (UNBOUND_DOH, KRESD), _URI, _DNSPERF_DOH),
    clients.dig("doh", (UNBOUND_DOH, KRESD, BIND), "+https-get"),
    clients.kdig("doh", (UNBOUND_DOH, KRESD, GOOGLE), ("+https", "+https-get"), _KDIG, most=100),
    java("kwik", "doq", (ADGUARD, BIND)),
    java("kwik", "doq", (ADGUARD, BIND)),
    java("netty", "doq", (ADGUARD, BIND)),
    clients.kdig_each("doq", (ADGUARD, BIND), "+quic"),
    gtlsclient((GOOGLE,)),
    java("flupke", "doh3", (GOOGLE,)),
    java("netty", "doh3", (GOOGLE,)),
    chromium((GOOGLE,), quic=True),
]

SECOND = [
    *FIRST,
    firefox((GOOGLE, ADGUARD, BIND)),
    firefox((CLOUDFLARE, BIND)),
    dnsdist_client("doh", (GOOGLE, ADGUARD, BIND)),
    dnsdist_client("dot", (GOOGLE, ADGUARD, BIND)),
    clients.forwarder("smartdns", "dot", (GOOGLE, CLOUDFLARE)),
    clients.h2load((UNBOUND_DOH, CLOUDFLARE)),
    clients.curl((UNBOUND_DOH, GOOGLE, KRESD), "--http1.1"),
]
