# shellcheck shell=bash
# A scenario: tcpdump runs, clients ask and note what they asked, the capture gets public addresses.

SCENARIO=

# note CLIENT SERVER PORT/PROTOCOL TRANSPORT FLOWS QUERIES ANSWERS: adds to the scenario's truth.
# FLOWS, QUERIES and ANSWERS are numbers, or '-' for what the one who asked cannot know.
note() {
    local IFS=$'\t'
    echo "$SCENARIO"$'\t'"$1"$'\t'"$2"$'\t'"${3%/*}"$'\t'"${3#*/}"$'\t'"${*:4}" >>"$LAB/notes.tsv"
}

start_capture() {
    rm -f "$LAB/run/tcpdump.out"
    ip netns exec "$(server_namespace)" tcpdump -i lab0 --immediate-mode -U \
        -w "$LAB/$SCENARIO.pcap" 2>"$LAB/run/tcpdump.out" &
    CAPTURE_PID=$! # tcpdump itself: ip replaces itself by it
    until grep -q 'listening on' "$LAB/run/tcpdump.out" 2>/dev/null; do
        kill -0 "$CAPTURE_PID"
        sleep 0.05
    done
}

# The last frames of connections that end by themselves come a little after the last answer.
stop_capture() {
    sleep 0.5
    kill "$CAPTURE_PID"
    wait "$CAPTURE_PID" || true
    CAPTURE_PID=
}

# scenario NAME COMMENT COMMAND...: runs the command and writes captures/NAME.pcapng of its traffic.
scenario() {
    SCENARIO=$1
    start_capture
    "${@:3}"
    stop_capture
    "$LAB_HOME/map-addresses" --comment "$2" "$LAB/$SCENARIO.pcap" "$CAPTURES/$SCENARIO.pcapng"
    compress_if_large "$CAPTURES/$SCENARIO.pcapng"
}

compress_if_large() {
    rm -f "$1.zst"
    if (($(stat -c %s "$1") > 200000)); then
        zstd -q --rm -19 "$1"
    fi
}
