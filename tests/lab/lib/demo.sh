# shellcheck shell=bash
# A minute in the life of an access network: many subscribers at once, over every transport.

# sleep_some FROM TO: a random time between two numbers of tenths of a second.
sleep_some() {
    local tenths=$(($1 + RANDOM % ($2 - $1 + 1)))
    sleep "$((tenths / 10)).$((tenths % 10))"
}

# random_questions COUNT: NAME:TYPE, drawn from etc/questions.txt.
random_questions() {
    local index
    for ((index = 0; index < $1; index++)); do
        echo "${QUESTIONS[RANDOM % ${#QUESTIONS[@]}]}"
    done
}

# subscriber CLIENT SERVER ROUNDS PORT/PROTOCOL TRANSPORT FLOWS COMMAND...
# A pause, a few questions, and again. The client's number is the seed: every run asks the same.
subscriber() {
    local client=$1 server=$2 rounds=$3 round questions
    RANDOM=${client/./}
    for ((round = 0; round < rounds; round++)); do
        sleep_some 5 45
        mapfile -t questions < <(random_questions $((1 + RANDOM % 6)))
        ask "$client" "$server" "$4" "$5" "$6" all "${@:7}" -- "${questions[@]}"
    done
}

# in_clear CLIENT SERVER ROUNDS: Do53 over UDP, by one of two programs.
in_clear() {
    if ((${1#*.} % 2)); then
        subscriber "$@" 53/udp do53-udp each dig +tries=1
    else
        subscriber "$@" 53/udp do53-udp each kdig +retry=0
    fi
}

# over_tls CLIENT SERVER ROUNDS NAME: a connection for each handful of questions.
over_tls() {
    subscriber "$1" "$2" "$3" 853/tcp dot 1 kdig +tls +keepopen +padding=128 "+tls-sni=$4"
}

over_https() {
    subscriber "$1" "$2" "$3" 443/tcp doh 1 kdig +https +keepopen "+tls-sni=$4"
}

# Most subscribers use what the access provider gives them, some a resolver of their choice.
clear_subscribers() {
    local client
    for client in 1.2 1.3 1.4 2.2 2.3 3.3 4.2 4.3 5.3; do
        start in_clear "$client" 10.53.0.18 24
    done
    start in_clear 2.4 fd53::18 24
    start in_clear 6.3 fd53::18 20
    start in_clear 1.5 10.53.0.10 24
    start in_clear 2.5 10.53.0.10 22
    start in_clear 3.4 fd53::10 22
    start in_clear 3.5 10.53.0.11 22
    start in_clear 4.4 10.53.0.11 16
    start in_clear 4.5 10.53.0.12 18
    start in_clear 5.4 10.53.0.14 14
    start in_clear 5.5 10.53.0.13 12
}

encrypted_subscribers() {
    local seconds=50
    start over_tls 1.3 10.53.0.10 6 dns.google
    start over_tls 2.3 fd53::10 5 dns.google
    start over_tls 4.3 10.53.0.12 4 dns.quad9.net
    start over_https 2.4 10.53.0.12 4 dns.quad9.net
    start over_https 3.4 10.53.0.10 4 dns.google
    start ask_through_stubby 3 10.53.0.11 cloudflare-dns.com "${QUESTIONS[@]:0:40}"
    start load 4.2 10.53.0.13 853/tcp dot 1 100 -m dot -Q 2 -l "$seconds"
    start load 5.2 10.53.0.15 443/tcp doh 1 100 -m doh -Q 2 -l "$seconds" \
        -O doh-uri=https://doh.opendns.com/dns-query -O doh-method=POST
    INTERVAL_MS=1100 start ask_peer 6.4 10.53.0.10 443/udp doh3 doh3 dns.google 40 \
        www.example.com api.example.net nx.example.org
    INTERVAL_MS=1300 start ask_peer 6.5 10.53.0.13 853/udp doq doq dns.adguard-dns.com 30 \
        www.example.com api.example.net
    INTERVAL_MS=1500 start ask_peer 6.2 fd53::13 853/udp doq doq dns.adguard-dns.com 16 \
        mail.example.com login.example.net
    start subscriber 4.4 10.53.0.16 2 853/udp doq each kdig +quic
}

browsers() {
    sleep 4
    browse_by_cloudflare 5.2 10.53.0.11
    browse_by_google_http3 5.2
    browse_by_cloudflare 6.2 fd53::11
}

# in_clear_once CLIENT SERVER ANSWERS QUESTION...: no second try.
in_clear_once() {
    ask "$1" "$2" 53/udp do53-udp each "$3" dig +tries=1 +timeout=2 -- "${@:4}"
}

# over_tls_once CLIENT SERVER PORT NAME: one connection.
over_tls_once() {
    ask "$1" "$2" "$3/tcp" dot 1 all kdig +tls +keepopen "+tls-sni=$4" -- "${NAMES[@]}"
}

# What happens now and then, in a row.
occasions() {
    in_clear_once 1.2 10.53.0.18 all use-application-dns.net mask.icloud.com
    in_clear_once 1.5 10.53.0.18 all _dns.resolver.arpa:SVCB
    over_tls_once 1.5 10.53.0.18 853 dns.isp.example
    ask_truncated 1.4 10.53.0.18 large.example.com
    ask_by_dnscrypt 2.2 2.5 10.53.0.12 8443/udp 2.dnscrypt-cert.quad9.net "${DNSCRYPT_NAMES[@]}"
    in_clear_once 4.2 10.53.0.18 all www.broken.example www.refused.example
    in_clear_once 2.3 10.53.0.18 0 www.lost.example api.lost.example
    browse_page 1.4 site.example.org --resolve site.example.org:443:10.53.0.20
    ask_truncated 3.5 10.53.0.11 large.example.net
    ask_by_dnscrypt 3.2 3.5 10.53.0.13 5443/tcp 2.dnscrypt.default.ns1.adguard.com \
        "${DNSCRYPT_NAMES[@]}"
    fetch_answers 4.5 10.53.0.17 443/tcp doh https://dns.mullvad.net/dns-query --http1.1 -- \
        www.example.com mail.example.net
    fetch_answers 3.3 10.53.0.11 80/tcp doh-plain http://one.one.one.one/dns-query -- \
        www.example.com
    transfer_zone 2.2 10.53.0.19 example.com
    over_tls_once 4.3 10.53.0.12 8853 dns.quad9.net
    in_clear_once 1.5 10.53.0.10 0 www.lost.example
    ask_peer 2.4 10.53.0.20 443/udp other http3 site.example.org 2 /index.html /about.html
    browse_page 5.3 img.example.com --resolve img.example.com:443:10.53.0.20
    ask 3.4 10.53.0.18 53/tcp do53-tcp 1 all dig +tcp +keepopen -- "${NAMES[@]}"
}

# start COMMAND...: in the background; scenario_demo waits for all that was started.
start() {
    "$@" &
    STARTED+=($!)
}

# Any client that was not served as foreseen fails the scenario.
scenario_demo() {
    local pid
    STARTED=()
    mapfile -t QUESTIONS < <(tr ' ' : <"$LAB_HOME/etc/questions.txt")
    clear_subscribers
    encrypted_subscribers
    start browsers
    start occasions
    for pid in "${STARTED[@]}"; do
        wait "$pid"
    done
}
