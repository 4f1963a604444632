# shellcheck shell=bash
# Chromium with secure DNS. How often it asked is read from its own network log.

# write_browser_policy HOUSEHOLD DOH_TEMPLATE: ip mounts the folder over /etc/chromium.
write_browser_policy() {
    local directory
    directory=/etc/netns/$(household_namespace "$1")/chromium/policies/managed
    mkdir -p "$directory"
    cat >"$directory/lab.json" <<EOF
{
  "DnsOverHttpsMode": "secure",
  "DnsOverHttpsTemplates": "$2",
  "BuiltInDnsClientEnabled": true,
  "CACertificates": ["$(openssl x509 -in "$LAB/tls/ca.pem" -outform der | base64 -w0)"]
}
EOF
}

# browse CLIENT WHO SERVER DOH_NAME PORT/PROTOCOL TRANSPORT URL OPTION...
# A fresh Chromium loads a page; WHO names the certificate of the DoH server. QUIC is told to stay
# on its port, which it would leave on a slow machine.
browse() {
    local household=${1%.*} address profile="$LAB/profile-$1" log="$LAB/run/netlog-$1" counts
    write_browser_policy "$household" "https://$4/dns-query"
    rm -rf "$profile"
    in_household "$household" env HOME="$LAB" timeout 30 chromium --headless --no-sandbox \
        --disable-gpu --user-data-dir="$profile" --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --disable-default-apps \
        --force-fieldtrials=QUIC/Enabled \
        --force-fieldtrial-params=QUIC.Enabled:allow_port_migration/false \
        --ignore-certificate-errors-spki-list="$(public_key_digest "$2"),$(public_key_digest web)" \
        --log-net-log="$log" "${@:8}" --dump-dom "$7" \
        >"$LAB/run/page-$1" 2>"$LAB/run/chromium-$1.out" || true
    address=$(client_address "$1" "$3")
    read -ra counts < <("$LAB_HOME/count-browser-queries" "$log")
    note "$address" "$3" "$5" "$6" - "${counts[@]}"
}
