# shellcheck shell=bash
# The network: a namespace with all servers on a bridge, and one for each household of clients.

# Household N has the addresses 10.53.N.2 to .5 and fd53::N:2 to :5, by default the first.
readonly HOUSEHOLDS=${HOUSEHOLDS:-6}

server_namespace() { echo "$LAB_ID-s"; }
household_namespace() { echo "$LAB_ID-c$1"; }

# in_servers COMMAND...: runs a command where the servers live.
in_servers() { ip netns exec "$(server_namespace)" "$@"; }

# in_household N COMMAND...: runs a command where the clients of a household live.
in_household() { ip netns exec "$(household_namespace "$1")" "${@:2}"; }

# Frames of wire size with right checksums: no work is left to a network card that is not there.
disable_offloads() {
    ip netns exec "$1" ethtool -K "$2" tx off rx off tso off gso off gro off >/dev/null
}

create_server_namespace() {
    local namespace
    namespace=$(server_namespace)
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
    ip -n "$namespace" link add lab0 address 02:53:00:00:00:01 type bridge
    ip -n "$namespace" link set lab0 up
    while read -r four six; do
        ip -n "$namespace" addr add "$four/16" dev lab0
        ip -n "$namespace" addr add "$six/64" dev lab0 nodad
    done < <(awk '!/^#/ { print $1, $2 }' "$LAB_ETC/addresses.tsv")
    disable_offloads "$namespace" lab0
}

create_household() {
    local number=$1 namespace servers mac
    mac=$(printf '02:53:00:00:01:%02x' "$number")
    namespace=$(household_namespace "$number")
    servers=$(server_namespace)
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
    ip link add "port$number" netns "$servers" type veth \
        peer name home netns "$namespace" address "$mac"
    ip -n "$servers" link set "port$number" master lab0 up
    ip -n "$namespace" link set home up
    disable_offloads "$servers" "port$number"
    disable_offloads "$namespace" home
    add_household_addresses "$number" "$namespace"
}

# The kernel chooses only the first IPv6 address: the others are deprecated from the start.
add_household_addresses() {
    local number=$1 namespace=$2 host lifetime
    for host in 2 3 4 5; do
        lifetime=0
        [[ $host == 2 ]] && lifetime=forever
        ip -n "$namespace" addr add "10.53.$number.$host/16" dev home
        ip -n "$namespace" addr add "fd53::$number:$host/64" dev home nodad \
            preferred_lft "$lifetime"
    done
}

# The names of the resolvers as seen in a household; the last household knows only IPv6 ones.
# Names of the web are not among them: who browses has to ask.
write_hosts() {
    local number=$1 column=1 directory
    directory=/etc/netns/$(household_namespace "$number")
    [[ $number == "$HOUSEHOLDS" ]] && column=2
    mkdir -p "$directory"
    {
        echo "127.0.0.1 localhost"
        awk -v column="$column" '!/^#/ && $5 != "web" { gsub(",", " ", $6); print $column, $6 }' \
            FS='\t' "$LAB_ETC/addresses.tsv"
    } >"$directory/hosts"
    echo "nameserver 10.53.0.18" >"$directory/resolv.conf"
}

create_network() {
    local number
    create_server_namespace
    for ((number = 1; number <= HOUSEHOLDS; number++)); do
        create_household "$number"
        write_hosts "$number"
    done
}

# end_processes NAMESPACE: ends all that runs there, the stubborn after two seconds.
end_processes() {
    local namespace=$1 tries
    for ((tries = 0; tries < 20; tries++)); do
        ip netns pids "$namespace" | xargs --no-run-if-empty kill 2>/dev/null || true
        sleep 0.1
        [[ -n $(ip netns pids "$namespace") ]] || return 0
    done
    ip netns pids "$namespace" | xargs --no-run-if-empty kill -KILL 2>/dev/null || true
}

remove_network() {
    local namespace
    for namespace in $(ip netns list | awk '{ print $1 }' | grep "^$LAB_ID-"); do
        end_processes "$namespace"
        ip netns delete "$namespace"
        rm -rf "/etc/netns/$namespace"
    done
}
