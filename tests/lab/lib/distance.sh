# shellcheck shell=bash
# Households at a distance: their frames pass a namespace that delays them, where they are captured.

# Round trip of household N to the servers, in milliseconds.
readonly DISTANCES=(0 4 12 25 40 8 90)

road_namespace() { echo "$LAB_ID-d"; }

# link_pair NAMESPACE NAME NAMESPACE NAME: a cable with frames of wire size.
link_pair() {
    ip link add "$2" netns "$1" type veth peer name "$4" netns "$3"
    ip -n "$1" link set "$2" up
    ip -n "$3" link set "$4" up
    disable_offloads "$1" "$2"
    disable_offloads "$3" "$4"
}

create_distant_household() {
    local number=$1 namespace
    namespace=$(household_namespace "$number")
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
    link_pair "$namespace" home "$(road_namespace)" "near$number"
    link_pair "$(road_namespace)" "far$number" "$(server_namespace)" "port$number"
    ip -n "$(server_namespace)" link set "port$number" master lab0
    add_household_addresses "$number" "$namespace"
}

create_distant_network() {
    local number pairs=()
    create_server_namespace
    ip netns add "$(road_namespace)"
    for ((number = 1; number <= HOUSEHOLDS; number++)); do
        create_distant_household "$number"
        write_hosts "$number"
        pairs+=("near$number:far$number:${DISTANCES[number]}")
    done
    ip netns exec "$(road_namespace)" "$LAB_HOME/behaviour/delay-bridge" "${pairs[@]}" \
        >"$LAB/run/delay-bridge.out" 2>&1 &
    until grep -q ready "$LAB/run/delay-bridge.out" 2>/dev/null; do
        sleep 0.05
    done
}
