# shellcheck shell=bash
# What the behaviour laboratory holds back: kinds of programs, servers and parameters that had no
# part in the choice of traits and threshold. Like lib/behaviour.sh.

readonly CALLED=(10.53.0.31 10.53.0.32 10.53.0.33 10.53.0.34 10.53.0.35 10.53.0.36)
readonly NEW_DOH_URLS=(https://gate.lab.test/dns-query https://doh9.lab.test/dns-query)

start_held_back_servers() {
    create_certificate app "*.app.test,app.test" 10.53.0.30 "${CALLED[@]}"
    start_server services node "$LAB_HOME/behaviour/services.mjs" "$LAB/tls/app.pem" \
        "$LAB/tls/app.key" 10.53.0.30 "${CALLED[@]}"
    start_server doh-proxy node "$LAB_HOME/behaviour/doh-proxy.mjs" "$LAB/tls/doh-proxy.pem" \
        "$LAB/tls/doh-proxy.key" 10.53.0.18
    wait_for_listener tcp 10.53.0.18 443
    wait_for_listener tcp 10.53.0.36 443
}

any_doh_url() { pick "${DOH_URLS[@]}" "${NEW_DOH_URLS[@]}" "${NEW_DOH_URLS[@]}"; }

behaviour_callers() {
    local resolvers=() url host
    for url in "${DOH_URLS[@]}" "${NEW_DOH_URLS[@]}"; do
        host=${url#https://}
        resolvers+=("$(server_address "$url"):${host%%/*}")
    done
    in_household "$1" node "$LAB_HOME/behaviour/callers.mjs" "$LAB/tls/ca.pem" "$RANDOM$RANDOM" 1000 \
        10.53.0.30 "$(IFS=, && echo "${resolvers[*]}")" "$LAB/run/names.txt" "${CALLED[@]}" \
        >"$LAB/run/callers-$1.out" 2>&1
}

# A browser on pages that call; servers end their connections, so that it makes many.
behaviour_chromium_calls() {
    local turn
    for ((turn = 0; turn < 16; turn++)); do
        surf "$1" "$(any_doh_url)" 20 "https://call$(between 1 6).app.test/app/$RANDOM"
    done
}

# In another household at the same time.
behaviour_chromium_apps() { behaviour_chromium_calls "$1"; }

behaviour_firefox_calls() {
    local turn
    for ((turn = 0; turn < 8; turn++)); do
        walk_with_firefox "$1" "$(any_doh_url)" 30 "https://call$(between 1 6).app.test/app/$RANDOM"
    done
}

# An interface over HTTP/3, called by a browser.
behaviour_chromium_http3_calls() {
    local turn
    for ((turn = 0; turn < 10; turn++)); do
        surf "$1" "$(pick https://doh3.lab.test/dns-query "$(any_doh_url)")" 20 \
            --origin-to-force-quic-on=doh3.lab.test:443,media.web.test:443,h3.web.test:443 \
            "https://call1.app.test/quic/$RANDOM"
    done
}

# The client of the JDK; run by the household's own names.
java_calls() {
    local household=$1 kind=$2 count=$3 address number=0
    while read -r address; do
        number=$((number + 1))
        echo "$address call$number.app.test"
    done < <(printf '%s\n' "${CALLED[@]}") >"$LAB/run/hosts-java-$household"
    grep lab.test "/etc/netns/$(household_namespace "$household")/hosts" >>"$LAB/run/hosts-java-$household"
    in_household "$household" timeout 400 java -Xmx96m -XX:+UseSerialGC \
        -Djdk.net.hosts.file="$LAB/run/hosts-java-$household" "$LAB_HOME/behaviour/Calls.java" \
        "$LAB/tls/ca.pem" "$RANDOM$RANDOM" "$count" "$LAB/run/names.txt" "$kind" "${@:4}" \
        >"$LAB/run/java-$household.out" 2>&1 || true
}

behaviour_java_calls() {
    java_calls "$1" api 360 https://call{1..6}.app.test
}

behaviour_java_doh() {
    java_calls "$1" doh 120 "${DOH_URLS[@]}" "${NEW_DOH_URLS[@]}"
}

# JSON by POST, one after the other on one connection of curl.
behaviour_curl_calls() {
    local turn call url targets
    for ((turn = 0; turn < 160; turn++)); do
        targets=()
        url="https://call$(between 1 6).app.test/call/$(between 30 500)/$(between 2 90)"
        for ((call = $(between 2 16); call > 0; call--)); do
            [[ ${#targets[@]} == 0 ]] || targets+=(--next)
            targets+=(--silent --max-time 20 --cacert "$LAB/tls/ca.pem" -o /dev/null
                --connect-to "::${CALLED[${url:12:1} - 1]}:443" -H 'content-type: application/json'
                -d "{\"q\":\"$(head -c "$(between 40 200)" /dev/zero | tr '\0' q)\"}" "$url")
        done
        in_household "$1" curl "${targets[@]}" || true
    done
}

behaviour_ngtcp2_calls() {
    local turn calls
    for ((turn = 0; turn < 120; turn++)); do
        calls=$(between 2 14)
        head -c "$(between 60 300)" /dev/zero | tr '\0' q >"$LAB/run/ngtcp2-call"
        in_household "$1" timeout 20 gtlsclient -q --exit-on-all-streams-close \
            -m POST -d "$LAB/run/ngtcp2-call" -n "$calls" 10.53.0.26 443 \
            "https://files.web.test/$(grep -E 'json|txt' "$LAB/run/files.txt" | shuf -n 1)" \
            >/dev/null 2>&1 || true
    done
}

behaviour_mail() {
    in_household "$1" "$LAB_HOME/behaviour/write-mail" 10.53.0.30 "$LAB/tls/ca.pem" "$RANDOM" 400 \
        >"$LAB/run/mail-$1.out" 2>&1 || true
}

# Calls over HTTP/3 by the lab's own client: one small object after the other.
behaviour_netty_calls() {
    local turn words
    for ((turn = 0; turn < 8; turn++)); do
        words=$(for _ in {1..60}; do echo "sized/$(between 60 400)/$(between 1 999)"; done)
        # shellcheck disable=SC2086
        netty "$1" http3 10.53.0.23 media.web.test 30 "$(pick 4 9 20)" "$(pick 20 60 250)" $words
    done
}

behaviour_netty_more_doh() {
    local turn
    for ((turn = 0; turn < 8; turn++)); do
        # shellcheck disable=SC2046
        netty "$1" doh3 10.53.0.10 doh3.lab.test "$(between 3 7)" "$(pick 3 8 20 45)" \
            "$(pick 30 200 700)" $(some_names 40)
    done
}

behaviour_kdig_more() {
    local turn url host
    for ((turn = 0; turn < 24; turn++)); do
        url=$(any_doh_url)
        host=${url#https://}
        # shellcheck disable=SC2046
        ask_doh "$1" kdig "$url" "$(pick +https +https-get)" +keepopen +dnssec \
            "$(pick +padding +nopadding)" "+tls-sni=${host%%/*}" -- \
            $(some_names "$(between 3 40)" | awk '{ print $1, (NR % 2) ? "A" : "HTTPS" }')
    done
}

behaviour_dnsperf_more() {
    local turn url
    awk '{ print $1, (NR % 3) ? "A" : "HTTPS" }' "$LAB/run/names.txt" >"$LAB/run/questions-more.txt"
    for ((turn = 0; turn < 16; turn++)); do
        url=$(any_doh_url)
        in_household "$1" dnsperf -m doh -s "$(server_address "$url")" -p 443 -T 1 -e \
            -c "$(between 1 2)" -Q "$(pick 1 3 8 25)" -l "$(between 4 10)" -q "$(pick 1 4 20)" \
            -d <(shuf "$LAB/run/questions-more.txt") -O "doh-uri=$url" \
            -O "doh-method=$(pick GET POST)" >/dev/null 2>&1 || true
    done
}
