# shellcheck shell=bash
# Servers and clients on Netty, from the folder peers: DoQ, DoH over HTTP/3 and HTTP/1.1.

readonly PEERS=(java -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m
    -cp "$LAB_HOME/peers/target/classes:$LAB_HOME/peers/target/lib/*")

require_peers() {
    [[ -d $LAB_HOME/peers/target/lib ]] && return
    echo "build the peers first: mvn -q -DskipTests package -pl tests/lab/peers" >&2
    return 69
}

# start_peer PROTOCOL ADDRESS PORT WHO: a server with the certificate of WHO.
start_peer() {
    start_server "peer-$1-$2" "${PEERS[@]}" org.dnsprism.lab.Peers server "$1" "$2" "$3" \
        "$LAB/tls/$4.pem" "$LAB/tls/$4.pk8"
}

start_peers() {
    start_peer doh3 10.53.0.10 443 google
    start_peer doq 10.53.0.13 853 adguard
    start_peer doq fd53::13 853 adguard
    start_peer doq 10.53.0.16 853 nextdns
    start_peer doh1 10.53.0.17 443 mullvad
    start_peer http3 10.53.0.20 443 web
    wait_for_listener udp 10.53.0.10 443
    wait_for_listener udp 10.53.0.13 853
    wait_for_listener udp fd53::13 853
    wait_for_listener udp 10.53.0.16 853
    wait_for_listener tcp 10.53.0.17 443
    wait_for_listener udp 10.53.0.20 443
}

# ask_peer CLIENT SERVER PORT/PROTOCOL TRANSPORT PROTOCOL SNI COUNT NAME...: one connection.
# INTERVAL_MS in the environment is the pause between two queries.
ask_peer() {
    local address output
    address=$(client_address "$1" "$2")
    output=$(in_household "${1%.*}" "${PEERS[@]}" -Dbind="$address" \
        -Dinterval="${INTERVAL_MS:-0}" org.dnsprism.lab.Peers client "$5" "$2" "${3%/*}" \
        "$6" "$LAB/tls/ca.pem" "${@:7}" 2>"$LAB/run/peer-client.out")
    expect "$5 to $2" "queries=$7 answers=$7" "$output"
    if [[ $4 == other ]]; then
        note "$address" "$2" "$3" other 1 0 0
    else
        note "$address" "$2" "$3" "$4" 1 "$7" "$7"
    fi
}
