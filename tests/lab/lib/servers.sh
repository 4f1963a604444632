# shellcheck shell=bash
# The servers: real programs, each with a log in $LAB/run; they end with their namespace.

# expand_template NAME: fills the paths of this run into etc/NAME and prints where the result is.
expand_template() {
    sed -e "s|@LAB@|$LAB|g" -e "s|@ETC@|$LAB_ETC|g" "$LAB_ETC/$1" >"$LAB/run/$1"
    echo "$LAB/run/$1"
}

# start_server NAME COMMAND...: in the background, output in run/NAME.out.
start_server() {
    in_servers "${@:2}" >"$LAB/run/$1.out" 2>&1 </dev/null &
}

# wait_for_listener PROTOCOL ADDRESS PORT: until someone listens there; gives up after 10 s.
wait_for_listener() {
    local tries host=$2
    [[ $2 == *:* ]] && host="[$2]"
    for ((tries = 0; tries < 100; tries++)); do
        [[ -n $(in_servers ss -Hln "--$1" "src $host and sport = $3") ]] && return
        sleep 0.1
    done
    echo "nobody listens on $1 $2 port $3; see $LAB/run" >&2
    return 1
}

# A zone large enough for a transfer of several messages.
write_transfer_zone() {
    local number
    cat "$LAB_HOME/etc/zones/site.zone"
    echo "ns1 A 192.0.2.53"
    for ((number = 1; number <= 240; number++)); do
        printf 'host%d A 203.0.113.%d\nhost%d AAAA 2001:db8:cb::1:%x\n' \
            "$number" "$number" "$number" "$number"
    done
}

# DNSCrypt keys are made by dnsdist itself, which needs no network for it.
create_dnscrypt_keys() {
    dnsdist --check-config --config "$(expand_template dnscrypt-keys.lua)" >"$LAB/run/keys.out" 2>&1
}

start_resolvers() {
    write_transfer_zone >"$LAB/run/example.com.zone"
    create_certificate resolver dns.isp.example,doh.opendns.com 10.53.0.18 10.53.0.15
    start_server named named -f -c "$(expand_template named.conf)"
    start_server unbound unbound -d -c "$(expand_template unbound.conf)"
    wait_for_listener udp 127.0.0.1 53
    create_dnscrypt_keys
    start_server dnsdist dnsdist --supervised --disable-syslog \
        --config "$(expand_template dnsdist.lua)"
    mkdir -p "$LAB/run/kresd"
    start_server kresd kresd -n -q -c "$(expand_template kresd.conf)" "$LAB/run/kresd"
}

start_web_server() {
    mkdir -p "$LAB/web"
    cp "$LAB_HOME"/etc/web/* "$LAB/web/"
    start_server nghttpd nghttpd -d "$LAB/web" -a 10.53.0.20 443 \
        "$LAB/tls/web.key" "$LAB/tls/web.pem"
}

start_servers() {
    start_resolvers
    start_web_server
    start_peers
    wait_for_listener tcp 10.53.0.13 443
    wait_for_listener tcp 10.53.0.12 443
    wait_for_listener tcp 10.53.0.16 443
    wait_for_listener tcp 10.53.0.20 443
}
