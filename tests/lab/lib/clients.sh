# shellcheck shell=bash
# The clients: each function runs a real program and notes what it asked.
#
# CLIENT is HOUSEHOLD.HOST: 3.4 has the addresses 10.53.3.4 and fd53::3:4.
# QUESTION is NAME or NAME:TYPE.

# client_address CLIENT SERVER: the client's address of the server's family.
client_address() {
    if [[ $2 == *:* ]]; then
        echo "fd53::${1/./:}"
    else
        echo "10.53.$1"
    fi
}

# expect WHAT WANTED GOT: ends the run if a client was not served as foreseen.
expect() {
    [[ $2 == "$3" ]] && return
    echo "$SCENARIO: $1: wanted $2, got $3" >&2
    return 1
}

# printed_answers: how many messages kdig or dig printed.
printed_answers() { grep -c -e '->>HEADER<<-' || true; }

# ask CLIENT SERVER PORT/PROTOCOL TRANSPORT FLOWS ANSWERS COMMAND... -- QUESTION...
# kdig or dig; FLOWS may be 'each' (one for each question), ANSWERS may be 'all'.
ask() {
    local client=$1 server=$2 endpoint=$3 transport=$4 flows=$5 answers=$6 command=() address output
    shift 6
    while [[ $1 != -- ]]; do
        command+=("$1")
        shift
    done
    shift
    [[ $flows == each ]] && flows=$#
    [[ $answers == all ]] && answers=$#
    address=$(client_address "$client" "$server")
    command+=(-b "$address" -p "${endpoint%/*}" "@$server")
    # shellcheck disable=SC2046 # NAME:TYPE becomes two words
    output=$(in_household "${client%.*}" "${command[@]}" $(printf '%s ' "${@/:/ }") 2>&1) || true
    expect "${command[*]} $*" "$answers" "$(printed_answers <<<"$output")"
    note "$address" "$server" "$endpoint" "$transport" "$flows" $# "$answers"
}

# ask_truncated CLIENT SERVER NAME: an answer too large for 512 octets, so asked for again over TCP.
ask_truncated() {
    local address
    ask "$1" "$2" 53/udp do53-udp each all dig +bufsize=512 +tries=1 -- "$3:TXT"
    address=$(client_address "$1" "$2")
    note "$address" "$2" 53/tcp do53-tcp 1 1 1
}

# transfer_zone CLIENT SERVER ZONE: AXFR, answered by as many messages as it takes.
transfer_zone() {
    local address
    address=$(client_address "$1" "$2")
    in_household "${1%.*}" dig -b "$address" "@$2" "$3" AXFR >"$LAB/run/axfr.out"
    grep -q 'XFR size' "$LAB/run/axfr.out"
    note "$address" "$2" 53/tcp do53-tcp 1 1 -
}

# load CLIENT SERVER PORT/PROTOCOL TRANSPORT FLOWS LINES OPTION...
# dnsperf with the first lines of etc/questions.txt.
load() {
    local address output sent completed
    address=$(client_address "$1" "$2")
    output=$(in_household "${1%.*}" dnsperf -s "$2" -p "${3%/*}" -a "$address" -T 1 -c "$5" \
        -d <(head -n "$6" "$LAB_HOME/etc/questions.txt") "${@:7}" 2>&1)
    sent=$(awk '/Queries sent:/ { print $3 }' <<<"$output")
    completed=$(awk '/Queries completed:/ { print $3 }' <<<"$output")
    expect "dnsperf @$2" "$sent" "$completed"
    note "$address" "$2" "$3" "$4" "$5" "$sent" "$completed"
}

# ask_through_stubby HOUSEHOLD SERVER NAME QUESTION...: stubby keeps one TLS connection.
ask_through_stubby() {
    local household=$1 server=$2 name=$3 config="$LAB/run/stubby-$1.yml" pid output
    shift 3
    sed -e "s|@SERVER@|$server|" -e "s|@NAME@|$name|" "$(expand_template stubby.yml)" >"$config"
    ip netns exec "$(household_namespace "$household")" stubby -C "$config" \
        >"$LAB/run/stubby-$household.out" 2>&1 &
    pid=$!
    until [[ -n $(in_household "$household" ss -Hlnu "sport = 5300") ]]; do sleep 0.1; done
    # shellcheck disable=SC2046 # NAME:TYPE becomes two words
    output=$(in_household "$household" kdig +retry=0 @127.0.0.1 -p 5300 \
        $(printf '%s ' "${@/:/ }") 2>&1)
    kill "$pid"
    wait "$pid" || true
    expect "stubby to $server" $# "$(printed_answers <<<"$output")"
    note "$(client_address "$household.2" "$server")" "$server" 853/tcp dot 1 $# $#
}

# wire_query NAME: an A query as in RFC 8484, with id 0.
wire_query() {
    printf '\0\0\1\0\0\1\0\0\0\0\0\0'
    local label
    for label in ${1//./ }; do
        printf "\\x$(printf %x "${#label}")%s" "$label"
    done
    printf '\0\0\1\0\1'
}

# fetch_answers CLIENT SERVER PORT/PROTOCOL TRANSPORT URL OPTION... -- NAME...
# curl posts a query for each name to a DoH server, on one connection.
fetch_answers() {
    local client=$1 server=$2 endpoint=$3 transport=$4 url=$5 options=() address name targets=()
    shift 5
    while [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    shift
    address=$(client_address "$client" "$server")
    for name in "$@"; do
        wire_query "$name" >"$LAB/run/$name.query"
        [[ ${#targets[@]} == 0 ]] || targets+=(--next)
        targets+=(--silent --show-error --fail --cacert "$LAB/tls/ca.pem" --interface "$address"
            "${options[@]}" -H 'content-type: application/dns-message'
            --data-binary "@$LAB/run/$name.query" -o "$LAB/run/$name.answer" "$url")
    done
    in_household "${client%.*}" curl "${targets[@]}"
    note "$address" "$server" "$endpoint" "$transport" 1 $# $#
}

# ask_by_dnscrypt CLIENT CERTIFICATE_CLIENT SERVER PORT/PROTOCOL PROVIDER NAME...
# Another client asks for the certificate, in the clear: a row of the truth has one transport.
ask_by_dnscrypt() {
    local address certificate_address options=() output
    address=$(client_address "$1" "$3")
    certificate_address=$(client_address "$2" "$3")
    options+=(--bind "$address" --bind-certificate "$certificate_address")
    [[ $4 == */udp ]] || options+=(--tcp)
    output=$(in_household "${1%.*}" "$LAB_HOME/dnscrypt-client" "${options[@]}" \
        "$3" "${4%/*}" "$5" "$LAB/run/provider.pub" "${@:6}")
    expect "DNSCrypt to $3" "queries=$(($# - 5)) answers=$(($# - 5))" "$output"
    note "$certificate_address" "$3" "${4%/*}/udp" do53-udp 1 1 1
    note "$address" "$3" "$4" dnscrypt 1 $(($# - 5)) $(($# - 5))
}

# browse_page CLIENT NAME OPTION...: curl fetches an ordinary page of NAME, which is no DNS.
browse_page() {
    local address
    address=$(client_address "$1" 10.53.0.20)
    in_household "${1%.*}" curl --silent --show-error --fail --cacert "$LAB/tls/ca.pem" \
        --interface "$address" -o "$LAB/run/page" "${@:3}" "https://$2/index.html"
    note "$address" 10.53.0.20 443/tcp other 1 0 0
}
