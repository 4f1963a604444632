# shellcheck shell=bash
# A session of many programs at once, so many rounds each. A household runs one program, so that a
# client's address tells which it is.

# household N runs the program at place N
readonly SESSION_PROGRAMS=(- kdig dig dnsperf curl nghttp chromium netty dnscrypt-client stubby
    smartdns dnss getdns openssl gtlsclient h2load curl-ipv6)

readonly SESSION_NAMES=(www.example.com api.example.net:AAAA login.example.org:HTTPS
    mail.example.com gone.example.net www.example:AAAA example.org:MX shop.example.com)

# write_programs: the programs by client address, in public addresses.
write_programs() {
    local household
    printf 'client\tprogram\n'
    for ((household = 1; household < ${#SESSION_PROGRAMS[@]}; household++)); do
        printf '100.64.%d.\t%s\n2001:db8:64::%d:\t%s\n' \
            "$household" "${SESSION_PROGRAMS[household]}" \
            "$household" "${SESSION_PROGRAMS[household]}"
    done
}

# Services that are no DNS, on ports where others would guess some, or on ports of their own.
start_session_servers() {
    local port
    for port in 53 465 993 8883; do
        start_server "tls-$port" openssl s_server -quiet -accept "10.53.0.20:$port" -www \
            -cert "$LAB/tls/web.crt" -key "$LAB/tls/web.key" -alpn imap,mqtt
        wait_for_listener tcp 10.53.0.20 "$port"
    done
    start_server nghttpd6 nghttpd -d "$LAB/web" -a fd53::20 443 \
        "$LAB/tls/web.key" "$LAB/tls/web.pem"
    wait_for_listener tcp fd53::20 443
    start_server gtlsserver gtlsserver -q -V -d "$LAB/web" 10.53.0.20 8443 \
        "$LAB/tls/web.key" "$LAB/tls/web.pem"
    wait_for_listener udp 10.53.0.20 8443
}

# Names of the web, for those programs that cannot be told an address.
write_session_hosts() {
    local household
    for household in 5 13 14 15; do
        echo "10.53.0.20 site.example.org img.example.com cdn.example.net" \
            >>"/etc/netns/$(household_namespace "$household")/hosts"
    done
}

# rounds N COMMAND...: runs a command so often.
rounds() {
    local round
    for ((round = 0; round < $1; round++)); do "${@:2}"; done
}

session_kdig() {
    ask 1.2 10.53.0.18 53/udp do53-udp each all kdig +retry=0 -- "${SESSION_NAMES[@]}"
    ask 1.2 fd53::10 53/udp do53-udp each all kdig +retry=0 -- "${SESSION_NAMES[@]:0:4}"
    ask 1.2 10.53.0.11 53/tcp do53-tcp each all kdig +tcp -- "${SESSION_NAMES[@]:0:4}"
    ask 1.2 10.53.0.10 853/tcp dot each all kdig +tls +tls-sni=dns.google \
        -- "${SESSION_NAMES[@]}"
    ask 1.2 10.53.0.12 8853/tcp dot each all kdig +tls -- "${SESSION_NAMES[@]:0:3}"
    ask 1.2 fd53::13 853/tcp dot each all kdig +tls +padding=128 -- "${SESSION_NAMES[@]:0:3}"
    ask 1.2 10.53.0.18 853/tcp dot each all kdig +tls -- "${SESSION_NAMES[@]:0:2}"
    ask 1.2 10.53.0.15 443/tcp doh each all kdig +https +tls-sni=doh.opendns.com \
        -- "${SESSION_NAMES[@]:0:5}"
    ask 1.2 10.53.0.12 443/tcp doh each all kdig +https-get -- "${SESSION_NAMES[@]:0:3}"
    ask 1.2 10.53.0.13 853/udp doq each all kdig +quic -- "${SESSION_NAMES[@]:0:5}"
    ask 1.2 fd53::13 853/udp doq each all kdig +quic -- "${SESSION_NAMES[@]:0:2}"
}

session_dig() {
    ask 2.2 10.53.0.18 53/udp do53-udp each all dig +tries=1 -- "${SESSION_NAMES[@]}"
    ask 2.2 10.53.0.12 53/udp do53-udp each all dig +tries=1 +noedns -- "${SESSION_NAMES[@]:0:4}"
    ask 2.2 10.53.0.14 53/tcp do53-tcp each all dig +tcp -- "${SESSION_NAMES[@]:0:4}"
    ask 2.2 10.53.0.11 853/tcp dot each all dig +tls -- "${SESSION_NAMES[@]:0:5}"
    ask 2.2 10.53.0.16 443/tcp doh each all dig +https -- "${SESSION_NAMES[@]:0:5}"
    ask 2.2 fd53::11 443/tcp doh each all dig +https-get -- "${SESSION_NAMES[@]:0:3}"
}

session_dnsperf() {
    load 3.2 10.53.0.18 53/udp do53-udp 8 40 -m udp -n 1
    load 3.2 10.53.0.14 53/tcp do53-tcp 4 40 -m tcp -q 12 -n 1
    load 3.2 10.53.0.13 853/tcp dot 6 40 -m dot -q 6 -n 1
    load 3.2 10.53.0.15 443/tcp doh 6 40 -m doh -q 6 -n 1 \
        -O doh-uri=https://10.53.0.15/dns-query -O doh-method=POST
}

# Host 5 looks at the web page that Cloudflare's resolver has under the very name of its DoH.
session_curl() {
    rounds 6 fetch_answers 4.2 10.53.0.10 443/tcp doh https://dns.google/dns-query -- \
        www.example.com mail.example.net
    rounds 3 fetch_answers 4.2 10.53.0.17 443/tcp doh https://dns.mullvad.net/dns-query \
        --http1.1 -- www.example.com
    rounds 3 fetch_answers 4.2 10.53.0.18 443/tcp doh https://dns.isp.example/dns-query -- \
        www.example.com
    fetch_answers 4.3 10.53.0.11 80/tcp doh-plain http://one.one.one.one/dns-query -- \
        www.example.com mail.example.net
    rounds 10 browse_page 4.4 site.example.org --resolve site.example.org:443:10.53.0.20
    rounds 2 look_at_page 4.5 10.53.0.11 https://one.one.one.one/index.html
}

session_curl_ipv6() {
    rounds 3 fetch_answers 16.2 fd53::10 443/tcp doh https://dns.google/dns-query -- \
        news.example.org
    rounds 3 browse_page_ipv6 16.3 img.example.com
}

# look_at_page CLIENT SERVER URL: a page of a name that serves DNS too; any status will do.
look_at_page() {
    local address
    address=$(client_address "$1" "$2")
    in_household "${1%.*}" curl --silent --cacert "$LAB/tls/ca.pem" --interface "$address" \
        -o "$LAB/run/looked-at" "$3"
    note "$address" "$2" 443/tcp other 1 0 0
}

browse_page_ipv6() {
    local address
    address=$(client_address "$1" fd53::20)
    in_household "${1%.*}" curl --silent --show-error --fail --cacert "$LAB/tls/ca.pem" \
        --interface "$address" -o "$LAB/run/page6" --resolve "$2:443:[fd53::20]" \
        "https://$2/index.html"
    note "$address" fd53::20 443/tcp other 1 0 0
}

session_nghttp() {
    wire_query www.example.com >"$LAB/run/nghttp.query"
    rounds 5 post_by_nghttp 10.53.0.13 dns.adguard-dns.com
    rounds 5 page_by_nghttp
}

post_by_nghttp() {
    in_household 5 nghttp -n --no-verify-peer -H 'content-type: application/dns-message' \
        -d "$LAB/run/nghttp.query" "https://$2/dns-query"
    note 10.53.5.2 "$1" 443/tcp doh 1 1 1
}

page_by_nghttp() {
    in_household 5 nghttp -n --no-verify-peer https://site.example.org/index.html
    note 10.53.5.2 10.53.0.20 443/tcp other 1 0 0
}

# A query or a call of a programming interface, again and again over four connections.
session_h2load() {
    wire_query api.example.net >"$LAB/run/h2load.query"
    echo '{"call": "state", "since": 1790000000}' >"$LAB/run/h2load.json"
    in_household 15 h2load -n 12 -c 4 -H 'content-type: application/dns-message' \
        -d "$LAB/run/h2load.query" https://dns.adguard-dns.com/dns-query >"$LAB/run/h2load.out"
    note 10.53.15.2 10.53.0.13 443/tcp doh 4 12 12
    in_household 15 h2load -n 12 -c 4 -H 'content-type: application/json' \
        -d "$LAB/run/h2load.json" https://site.example.org/index.html >"$LAB/run/h2load.out"
    note 10.53.15.2 10.53.0.20 443/tcp other 4 0 0
}

session_netty() {
    ask_peer 7.2 10.53.0.10 443/udp doh3 doh3 dns.google 4 www.example.com api.example.net
    ask_peer 7.2 10.53.0.10 443/udp doh3 doh3 dns.google 1 nx.example.org
    ask_peer 7.2 10.53.0.13 853/udp doq doq dns.adguard-dns.com 3 www.example.com
    ask_peer 7.2 10.53.0.16 853/udp doq doq dns.nextdns.io 1 login.example.org
    ask_peer 7.2 10.53.0.17 443/tcp doh doh1 dns.mullvad.net 2 www.example.com
    ask_peer 7.3 10.53.0.20 443/udp other http3 site.example.org 2 /index.html /about.html
    ask_peer 7.3 10.53.0.20 443/udp other http3 cdn.example.net 4 /index.html /about.html
}

session_chromium() {
    browse_by_cloudflare 6.2 10.53.0.11
    browse_by_google_http3 6.2
    browse 6.2 cloudflare 10.53.0.11 chrome.cloudflare-dns.com 443/tcp doh \
        https://site.example.org/index.html --origin-to-force-quic-on="$(
            printf '%s:443,' site.example.org img.example.com cdn.example.net
        )"
    note 10.53.6.2 10.53.0.20 443/udp other - 0 0
}

session_dnscrypt_client() {
    ask_by_dnscrypt 8.2 8.3 10.53.0.12 8443/udp 2.dnscrypt-cert.quad9.net "${DNSCRYPT_NAMES[@]}"
    ask_by_dnscrypt 8.2 8.3 10.53.0.13 5443/udp 2.dnscrypt.default.ns1.adguard.com www.example.com
    ask_by_dnscrypt 8.2 8.3 fd53::12 8443/udp 2.dnscrypt-cert.quad9.net www.example.com
    ask_by_dnscrypt 8.2 8.3 10.53.0.14 443/tcp 2.dnscrypt-cert.opendns.com "${DNSCRYPT_NAMES[@]}"
    ask_by_dnscrypt 8.2 8.3 10.53.0.13 5443/tcp 2.dnscrypt.default.ns1.adguard.com www.example.com
}

session_stubby() {
    ask_through_stubby 9 10.53.0.11 cloudflare-dns.com "${SESSION_NAMES[@]:0:3}"
    ask_through_stubby 9 10.53.0.13 dns.adguard-dns.com "${SESSION_NAMES[@]:0:5}"
    ask_through_stubby 9 10.53.0.16 dns.nextdns.io "${SESSION_NAMES[@]:0:2}"
}

# ask_through HOUSEHOLD PORT COMMAND... -- QUESTION...: a stub resolver of its own runs meanwhile.
ask_through() {
    local household=$1 port=$2 command=() pid output
    shift 2
    while [[ $1 != -- ]]; do
        command+=("$1")
        shift
    done
    shift
    ip netns exec "$(household_namespace "$household")" "${command[@]}" \
        >"$LAB/run/stub-$household.out" 2>&1 &
    pid=$!
    until [[ -n $(in_household "$household" ss -Hlnu "sport = $port") ]]; do sleep 0.1; done
    # shellcheck disable=SC2046 # NAME:TYPE becomes two words
    output=$(in_household "$household" kdig +retry=0 +timeout=8 @127.0.0.1 -p "$port" \
        $(printf '%s ' "${@/:/ }") 2>&1) || true
    kill "$pid"
    wait "$pid" || true
    expect "${command[0]}" $# "$(printed_answers <<<"$output")"
}

# smartdns asks all its servers at once and keeps to itself how often it connects.
session_smartdns() {
    cat >"$LAB/run/smartdns.conf" <<EOF
bind 127.0.0.1:5302
cache-size 0
log-level error
log-file $LAB/run/smartdns.log
speed-check-mode none
dualstack-ip-selection no
prefetch-domain no
server-tls 10.53.0.10:853 -host-name dns.google -no-check-certificate
server-tls 10.53.0.12:853 -host-name dns.quad9.net -no-check-certificate
server-https https://10.53.0.11/dns-query -host-name cloudflare-dns.com -http-host cloudflare-dns.com -no-check-certificate
EOF
    ask_through 10 5302 smartdns -f -c "$LAB/run/smartdns.conf" -p - -- "${SESSION_NAMES[@]:0:2}"
    note 10.53.10.2 10.53.0.10 853/tcp dot - - -
    note 10.53.10.2 10.53.0.12 853/tcp dot - - -
    note 10.53.10.2 10.53.0.11 443/tcp doh - - -
}

# dnss_at SERVER NAME: asks by the DoH of Go's library.
dnss_at() {
    ask_through 11 5301 dnss -enable_dns_to_https -dns_listen_addr 127.0.0.1:5301 \
        -https_upstream "https://$2/dns-query" -https_client_cafile "$LAB/tls/ca.pem" \
        -enable_cache=false -monitoring_listen_addr= -- www.example.com mail.example.com
    note 10.53.11.2 "$1" 443/tcp doh - - -
}

session_dnss() {
    dnss_at 10.53.0.10 dns.google
    dnss_at 10.53.0.13 dns.adguard-dns.com
    dnss_at 10.53.0.12 dns.quad9.net
}

# ask_by_getdns SERVER[#PORT] PORT/PROTOCOL TRANSPORT OPTION...
ask_by_getdns() {
    in_household 12 getdns_query -s -A "@$1" "${@:4}" www.example.com >"$LAB/run/getdns.out"
    grep -q '"just_address_answers"' "$LAB/run/getdns.out"
    note 10.53.12.2 "${1%%[~#]*}" "$2" "$3" - - -
}

session_getdns() {
    rounds 3 ask_by_getdns 10.53.0.18 53/udp do53-udp -l U
    rounds 2 ask_by_getdns 10.53.0.10 53/tcp do53-tcp -l T
    rounds 4 ask_by_getdns 10.53.0.11~one.one.one.one 853/tcp dot -l L
    rounds 2 ask_by_getdns 10.53.0.16 853/tcp dot -l L
}

# connect_by_openssl PORT OPTION...: a moment of TLS, or of what is like it.
connect_by_openssl() {
    sleep 0.2 | in_household 13 timeout 5 openssl s_client -connect "10.53.0.20:$1" "${@:2}" \
        >"$LAB/run/s_client.out" 2>&1 || true
    grep -q '^Server certificate' "$LAB/run/s_client.out"
    note 10.53.13.2 10.53.0.20 "$1/tcp" other 1 0 0
}

session_openssl() {
    connect_by_openssl 993 -servername mail.example.com -alpn imap
    connect_by_openssl 465 -servername mail.example.com -tls1_2
    connect_by_openssl 8883 -servername things.example.net -alpn mqtt
    connect_by_openssl 53 -noservername
    connect_by_openssl 443 -noservername -alpn h2,http/1.1
}

# Port 8443 demands a Retry of every connection.
session_gtlsclient() {
    rounds 3 page_by_gtlsclient 443
    rounds 3 page_by_gtlsclient 8443
}

page_by_gtlsclient() {
    in_household 14 timeout 10 gtlsclient -q --exit-on-all-streams-close site.example.org "$1" \
        "https://site.example.org:$1/index.html" >"$LAB/run/gtlsclient.out" 2>&1
    note 10.53.14.2 10.53.0.20 "$1/udp" other 1 0 0
}

# in_session ROUNDS FUNCTION: rounds of one program, with pauses between.
in_session() {
    local round
    RANDOM=$$
    for ((round = 0; round < $1; round++)); do
        sleep_some 0 20
        "$2"
    done
}

# Any client that was not served as foreseen fails the session. Browsers cost most: fewer rounds.
scenario_session() {
    local program pid
    STARTED=()
    for program in "${SESSION_PROGRAMS[@]:1}"; do
        [[ $program == chromium ]] && continue
        start in_session "$SESSION_ROUNDS" "session_${program//-/_}"
    done
    start in_session $(((SESSION_ROUNDS + 3) / 4)) session_chromium
    for pid in "${STARTED[@]}"; do
        wait "$pid"
    done
}
