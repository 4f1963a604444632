# shellcheck shell=bash
# What the clients of the behaviour laboratory do. Each function runs real programs of one kind, by
# which the capture is named; which server they spoke to says what is DNS.

readonly DOH_URLS=(https://doh.lab.test/dns-query https://resolver.lab.test/dns-query
    https://c7.lab.test/dns-query https://edge.lab.test/dns-query https://d1.lab.test/dns-query)

pick() { shuf -n 1 -e "$@"; }
between() { shuf -n 1 -i "$1-$2"; }
some_names() { shuf -n "$1" "$LAB/run/names.txt"; }
pause() { sleep "$(awk -v mean="$1" -v seed="$RANDOM" 'BEGIN { srand(seed); print -mean * log(1 - rand()) }')"; }

# server_address URL: where the host of a URL is.
server_address() {
    local host=${1#https://}
    awk -v host="${host%%/*}" '$2 == host { print $1 }' "/etc/netns/$(household_namespace 1)/hosts"
}

# ask_doh HOUSEHOLD PROGRAM URL OPTION... -- QUESTION...: kdig or dig by DoH, the server with its name.
ask_doh() {
    local household=$1 program=$2 url=$3 host options=()
    host=${url#https://}
    host=${host%%/*}
    shift 3
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    shift
    in_household "$household" timeout 60 "$program" "${options[@]}" "@$(server_address "$url")" "$@" \
        >/dev/null 2>&1 || true
}

behaviour_kdig() {
    local turn url method padding
    for ((turn = 0; turn < 24; turn++)); do
        url=$(pick "${DOH_URLS[@]}")
        method=$(pick +https +https-get)
        padding=$(pick +padding=128 +nopadding +nopadding)
        host=${url#https://}
        # shellcheck disable=SC2046 # names are words
        if ((turn % 3 == 0)); then
            ask_doh "$1" kdig "$url" "$method" "$padding" "+tls-sni=${host%%/*}" -- $(some_names 1)
        else
            ask_doh "$1" kdig "$url" "$method" "$padding" +keepopen "+tls-sni=${host%%/*}" -- \
                $(some_names "$(between 2 30)" | awk '{ print $1, (NR % 3 == 0) ? "AAAA" : "A" }')
        fi
    done
}

behaviour_dig() {
    local turn
    for ((turn = 0; turn < 16; turn++)); do
        # shellcheck disable=SC2046
        ask_doh "$1" dig "$(pick "${DOH_URLS[@]}")" "$(pick +https +https-get)" +keepopen \
            $(pick +nopadding +padding=128 +dnssec) +tries=1 -- $(some_names "$(between 1 16)")
    done
}

# One connection of curl that posts or gets messages, one after the other.
behaviour_curl_doh() {
    local turn name url targets encoded
    for ((turn = 0; turn < 20; turn++)); do
        targets=()
        url=$(pick "${DOH_URLS[@]}")
        for name in $(some_names "$(between 1 12)"); do
            wire_query "$name" >"$LAB/run/$1-$name.query"
            [[ ${#targets[@]} == 0 ]] || targets+=(--next)
            targets+=(--silent --cacert "$LAB/tls/ca.pem" -o /dev/null)
            if ((turn % 2 == 0)); then
                targets+=(-H 'content-type: application/dns-message'
                    --data-binary "@$LAB/run/$1-$name.query" "$url")
            else
                encoded=$(base64 -w0 <"$LAB/run/$1-$name.query" | tr +/ -_ | tr -d =)
                targets+=(-H 'accept: application/dns-message' "$url?dns=$encoded")
            fi
        done
        in_household "$1" curl "${targets[@]}" || true
    done
}

# curl as a browser of one page: asks by DoH, on connections of their own, then fetches.
behaviour_curl_resolver() {
    local turn
    for ((turn = 0; turn < 20; turn++)); do
        in_household "$1" curl --silent --cacert "$LAB/tls/ca.pem" -o /dev/null --max-time 20 \
            --doh-url "$(pick "${DOH_URLS[@]}")" \
            "https://$(between 1 999).site.web.test/page/$(between 1 999)" || true
    done
}

behaviour_nghttp_doh() {
    local turn name url
    for ((turn = 0; turn < 10; turn++)); do
        name=$(some_names 1)
        url=$(pick "${DOH_URLS[@]}")
        wire_query "$name" >"$LAB/run/nghttp.query"
        in_household "$1" nghttp -n --no-verify-peer -m "$(between 1 4)" \
            -H 'content-type: application/dns-message' -d "$LAB/run/nghttp.query" "$url" || true
    done
}

behaviour_dnsperf() {
    local turn url
    awk '{ print $1, (NR % 2) ? "A" : "AAAA" }' "$LAB/run/names.txt" >"$LAB/run/questions.txt"
    for ((turn = 0; turn < 14; turn++)); do
        url=$(pick "${DOH_URLS[@]}")
        in_household "$1" dnsperf -m doh -s "$(server_address "$url")" -p 443 -T 1 \
            -c "$(between 1 3)" -Q "$(pick 2 5 10 40)" -l "$(between 2 8)" \
            -d <(shuf "$LAB/run/questions.txt") -O "doh-uri=$url" \
            -O "doh-method=$(pick GET POST)" >/dev/null 2>&1 || true
    done
}

# A stub resolver in Go, asked as programs of a household ask: pairs of families, pauses.
behaviour_dnss() {
    local turn question pid
    for ((turn = 0; turn < 4; turn++)); do
        in_household "$1" dnss -enable_dns_to_https -dns_listen_addr 127.0.0.1:5301 \
            -https_upstream "$(pick "${DOH_URLS[@]}")" -https_client_cafile "$LAB/tls/ca.pem" \
            -enable_cache=false >"$LAB/run/dnss.out" 2>&1 &
        sleep 1
        for ((question = 0; question < 15; question++)); do
            # shellcheck disable=SC2046
            in_household "$1" dig +tries=1 +time=3 @127.0.0.1 -p 5301 \
                $(some_names 1 | awk '{ print $1, "A", $1, "AAAA" }') >/dev/null 2>&1 || true
            pause 0.3
        done
        end_named "$1" dnss
    done
}

# end_named HOUSEHOLD NAME: ends the processes of that name in a household.
end_named() {
    local pid
    for pid in $(ip netns pids "$(household_namespace "$1")"); do
        [[ $(cat "/proc/$pid/comm" 2>/dev/null) != "$2" ]] || kill "$pid" 2>/dev/null || true
    done
}

# surf HOUSEHOLD DOH_URL SECONDS WORD...: Chromium walks from page to page; options, and pages if
# not any one.
surf() {
    local profile="$LAB/profile-$1"
    write_browser_policy "$1" "$2"
    rm -rf "$profile"
    in_household "$1" env HOME="$LAB" timeout "$3" chromium --headless --no-sandbox --disable-gpu \
        --user-data-dir="$profile" --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --disable-default-apps \
        --remote-debugging-port=0 \
        --force-fieldtrials=QUIC/Enabled \
        --force-fieldtrial-params=QUIC.Enabled:allow_port_migration/false \
        --ignore-certificate-errors-spki-list="$(all_key_digests)" \
        "${@:4}" $([[ $* == *https://*https://* ]] || random_page) \
        >"$LAB/run/chromium-$1.out" 2>&1 || true
}

random_page() { echo "https://$(between 1 99).site.web.test/page/$(between 1 9000)"; }

all_key_digests() {
    local certificate digests=()
    for certificate in "$LAB"/tls/*.crt; do
        digests+=("$(public_key_digest "$(basename "$certificate" .crt)")")
    done
    (IFS=, && echo "${digests[*]}")
}

behaviour_chromium() {
    local turn url
    for ((turn = 0; turn < 10; turn++)); do
        url=$(pick "${DOH_URLS[@]}")
        surf "$1" "$url$(pick '' '{?dns}')" "$(pick 8 20 30)"
    done
}

behaviour_chromium_http3() {
    local turn
    for ((turn = 0; turn < 8; turn++)); do
        surf "$1" "https://$(pick doh3.lab.test h3q.lab.test)/dns-query" "$(pick 8 20 30)" \
            --origin-to-force-quic-on=doh3.lab.test:443,h3q.lab.test:443,media.web.test:443
    done
}

behaviour_firefox() {
    local turn
    for ((turn = 0; turn < 8; turn++)); do
        walk_with_firefox "$1" "$(pick "${DOH_URLS[@]}")" "$(pick 15 30)"
    done
}

# walk_with_firefox HOUSEHOLD DOH_URL SECONDS [URL]: its policy is read from a folder laid over its own.
walk_with_firefox() {
    local folder=$LAB/firefox-$1
    rm -rf "$folder"
    mkdir -p "$folder/policy" "$folder/profile"
    cat >"$folder/policy/policies.json" <<JSON
{"policies": {
  "DNSOverHTTPS": {"Enabled": true, "ProviderURL": "$2", "Locked": true, "Fallback": false},
  "Certificates": {"Install": ["$LAB/tls/ca.pem"]}, "DisableTelemetry": true, "DisableAppUpdate": true,
  "Preferences": {"network.trr.bootstrapAddr": {"Value": "$(server_address "$2")"}}}}
JSON
    # shellcheck disable=SC2016 # expanded by the inner shell
    in_household "$1" env HOME="$folder" bash -c 'mount --bind "$1" /usr/share/firefox-esr/distribution &&
        exec timeout "$3" firefox-esr --headless --no-remote --profile "$2" "$4"' - \
        "$folder/policy" "$folder/profile" "$3" "${4:-$(random_page)}" \
        >"$LAB/run/firefox-$1.out" 2>&1 || true
}

# netty HOUSEHOLD PROTOCOL SERVER NAME CONNECTIONS COUNT PAUSE_MS WORD...: the lab's own client.
netty() {
    in_household "$1" timeout 120 "${PEERS[@]}" -Dinterval="$7" -Dconnections="$5" \
        org.dnsprism.lab.Peers client "$2" "$3" 443 "$4" "$LAB/tls/ca.pem" "$6" "${@:8}" \
        >"$LAB/run/netty-$1.out" 2>&1 || true
}

behaviour_netty_doh() {
    local turn
    for ((turn = 0; turn < 10; turn++)); do
        # shellcheck disable=SC2046
        netty "$1" doh3 10.53.0.10 "$(pick doh3.lab.test h3q.lab.test)" "$(between 2 8)" \
            "$(pick 1 2 5 12 30)" "$(pick 0 10 100 300)" $(some_names 40)
        # shellcheck disable=SC2046
        netty "$1" doh1 10.53.0.17 one.lab.test 3 "$(pick 1 3 10)" "$(pick 0 50 200)" \
            $(some_names 40)
    done
}

# Objects over HTTP/3: small ones as of an interface, and pages.
behaviour_netty_http3() {
    local turn words
    for ((turn = 0; turn < 12; turn++)); do
        words=$(for _ in {1..60}; do echo "sized/$(between 40 900)/$(some_names 1)"; done)
        # shellcheck disable=SC2086
        netty "$1" http3 10.53.0.23 media.web.test 25 "$(pick 1 2 3 6 15)" "$(pick 0 5 40 150)" $words
        words=$(for _ in {1..30}; do echo "$(some_names 1)/page$(between 1 999)"; done)
        # shellcheck disable=SC2086
        netty "$1" http3 10.53.0.23 h3.web.test 25 "$(pick 1 2 4 8)" "$(pick 0 20 200)" $words
    done
}

behaviour_ngtcp2() {
    local turn
    for ((turn = 0; turn < 60; turn++)); do
        # shellcheck disable=SC2046
        in_household "$1" timeout 20 gtlsclient -q --exit-on-all-streams-close 10.53.0.26 443 \
            $(for _ in $(seq "$(between 1 8)"); do echo "https://files.web.test/$(some_file)"; done) \
            >/dev/null 2>&1 || true
    done
}

some_file() { shuf -n 1 "$LAB/run/files.txt"; }

behaviour_node() {
    in_household "$1" node "$LAB_HOME/behaviour/client.mjs" "$LAB/tls/ca.pem" "$RANDOM$RANDOM" 1600 \
        "$(client_address "$1.2" 10.53.0.22)" 10.53.0.22 10.53.0.24 10.53.0.25 \
        >"$LAB/run/node-$1.out" 2>"$LAB/run/node-$1.err"
}

# Files of a static site, several at once; small ones again and again; what an interface answers.
behaviour_curl_web() {
    local turn urls
    for ((turn = 0; turn < 120; turn++)); do
        urls=()
        case $((turn % 4)) in
            0) for _ in $(seq "$(between 1 20)"); do urls+=("https://static.web.test/$(some_file)"); done ;;
            1) for _ in $(seq "$(between 2 12)"); do urls+=("https://api.web.test/api/$(between 60 1200)/v1"); done ;;
            2) urls+=("https://api.web.test/api/$(between 40 700)/latest") ;;
            3) for _ in $(seq "$(between 1 6)"); do urls+=("https://api.web.test/api/$(between 50 500)/$(some_names 1)"); done ;;
        esac
        # shellcheck disable=SC2046
        in_household "$1" curl --silent --max-time 30 --cacert "$LAB/tls/ca.pem" \
            --resolve static.web.test:443:10.53.0.20 --resolve api.web.test:443:10.53.0.22 \
            $(pick '' -Z) $(printf -- '-o /dev/null %s ' "${urls[@]}") || true
    done
}

behaviour_nghttp_web() {
    local turn
    for ((turn = 0; turn < 60; turn++)); do
        in_household "$1" timeout 20 nghttp -n -a --no-verify-peer \
            "https://10.53.0.20/page$(between 1 40).html" || true
    done
}

# Interfaces under load: each connection asks for one or a few small things in turn.
behaviour_h2load() {
    local turn
    for ((turn = 0; turn < 40; turn++)); do
        in_household "$1" timeout 20 h2load -c 8 -n "$((8 * $(pick 1 2 4 10 30)))" \
            -m "$(pick 1 1 3)" --rate=4 --rate-period=100ms -H "user-agent: probe/$(between 1 99)" \
            "https://10.53.0.22/api/$(between 40 900)/$(some_names 1)" >/dev/null 2>&1 || true
    done
}
