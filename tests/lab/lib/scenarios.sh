# shellcheck shell=bash
# The small captures: one transport and one client program each.

readonly NAMES=(www.example.com api.example.net:AAAA login.example.org:HTTPS)

# name, what the capture holds; the function is scenario_NAME with '_' for '-'
readonly SCENARIOS="
do53-udp-kdig       kdig: questions of many types over UDP, IPv4 and IPv6
do53-udp-special    canary names, discovery of designated resolvers, SERVFAIL, REFUSED, no answer at all
do53-truncated      dig: answers cut at 512 octets, asked for again over TCP
do53-tcp            kdig, dig, dnsperf: single and pipelined questions over TCP, a zone transfer
dot-kdig            kdig (GnuTLS) to Google, Quad9 (also port 8853), NextDNS and a private resolver
dot-dig             dig (OpenSSL) to Google and Cloudflare
dot-stubby          stubby (getdns) to Cloudflare
dot-dnsperf         dnsperf to AdGuard
doh-kdig            kdig (GnuTLS), POST and GET, to Google, Quad9 and OpenDNS
doh-dig             dig, POST and GET, to Cloudflare and NextDNS
doh-curl            curl posts messages to Google
doh-curl-resolver   curl resolves by DoH at Cloudflare, then fetches an ordinary page
doh-nghttp          nghttp posts a message to AdGuard
doh-dnsperf         dnsperf to OpenDNS
doh-plain-curl      curl: DNS in HTTP/1.1 in the clear
neg-https-curl      curl: ordinary web pages over HTTP/2
"

scenario_do53_udp_kdig() {
    ask 1.2 10.53.0.18 53/udp do53-udp each all kdig -- www.example.com www.example.com:AAAA \
        www.example.com:HTTPS example.net:MX example.org:TXT example:CAA gone.example.com
    ask 1.3 10.53.0.10 53/udp do53-udp each all kdig +edns +dnssec -- example.com:SOA example.net:NS
    ask 1.3 10.53.0.12 53/udp do53-udp each all kdig +subnet=100.64.1.0/24 -- www.example.com
    ask 2.2 fd53::11 53/udp do53-udp each all kdig -- "${NAMES[@]}"
    ask 2.3 fd53::18 53/udp do53-udp each all dig +tries=1 -- "${NAMES[@]}"
}

scenario_do53_udp_special() {
    ask 1.2 10.53.0.18 53/udp do53-udp each all kdig -- use-application-dns.net mask.icloud.com \
        mask-h2.icloud.com _dns.resolver.arpa:SVCB www.broken.example www.refused.example
    ask 1.2 10.53.0.18 53/udp do53-udp each 0 dig +tries=1 +timeout=1 -- www.lost.example
    ask 1.3 10.53.0.10 53/udp do53-udp each 0 dig +tries=1 +timeout=1 -- www.lost.example
}

scenario_do53_truncated() {
    ask_truncated 1.2 10.53.0.18 large.example.com
    ask_truncated 1.3 10.53.0.10 large.example.net
    ask_truncated 2.2 fd53::14 large.example.org
}

scenario_do53_tcp() {
    ask 1.2 10.53.0.18 53/tcp do53-tcp each all kdig +tcp -- "${NAMES[@]}"
    ask 1.3 10.53.0.11 53/tcp do53-tcp 1 all dig +tcp +keepopen -- "${NAMES[@]}"
    ask 2.2 fd53::18 53/tcp do53-tcp 1 all kdig +tcp +keepopen -- "${NAMES[@]}"
    load 1.4 10.53.0.14 53/tcp do53-tcp 2 -m tcp -q 12 -n 1
    transfer_zone 1.5 10.53.0.19 example.com
}

scenario_dot_kdig() {
    ask 1.2 10.53.0.10 853/tcp dot 1 all kdig +tls +keepopen +tls-sni=dns.google -- "${NAMES[@]}"
    ask 1.2 10.53.0.12 853/tcp dot each all kdig +tls +tls-sni=dns.quad9.net +padding=128 -- "${NAMES[@]}"
    ask 1.3 10.53.0.12 8853/tcp dot 1 all kdig +tls +keepopen +tls-sni=dns.quad9.net -- "${NAMES[@]}"
    ask 1.4 10.53.0.16 853/tcp dot each all kdig +tls -- www.example.com
    ask 1.5 10.53.0.18 853/tcp dot each all kdig +tls +tls-sni=dns.isp.example -- www.example.com
    ask 2.2 fd53::10 853/tcp dot each all kdig +tls -- www.example.com
}

scenario_dot_dig() {
    ask 1.2 10.53.0.10 853/tcp dot each all dig +tls -- "${NAMES[@]}"
    ask 1.3 10.53.0.11 853/tcp dot 1 all dig +tls +keepopen +tls-hostname=one.one.one.one \
        "+tls-ca=$LAB/tls/ca.pem" -- "${NAMES[@]}"
}

scenario_dot_stubby() {
    ask_through_stubby 1 10.53.0.11 cloudflare-dns.com "${NAMES[@]}" mail.example.com example.net:MX
}

scenario_dot_dnsperf() {
    load 1.2 10.53.0.13 853/tcp dot 3 -m dot -q 6 -n 1
}

scenario_doh_kdig() {
    ask 1.2 10.53.0.10 443/tcp doh 1 all kdig +https +keepopen +tls-sni=dns.google -- "${NAMES[@]}"
    ask 1.3 10.53.0.12 443/tcp doh each all kdig +https-get +tls-sni=dns.quad9.net -- "${NAMES[@]}"
    ask 1.4 10.53.0.15 443/tcp doh each all kdig +https +tls-sni=doh.opendns.com -- "${NAMES[@]}"
    ask 2.2 fd53::12 443/tcp doh each all kdig +https +tls-sni=dns.quad9.net -- www.example.com
}

scenario_doh_dig() {
    ask 1.2 10.53.0.11 443/tcp doh each all dig +https -- "${NAMES[@]}"
    ask 1.3 10.53.0.16 443/tcp doh 1 all dig +https +keepopen -- "${NAMES[@]}"
    ask 1.4 10.53.0.16 443/tcp doh each all dig +https-get -- www.example.com
}

scenario_doh_curl() {
    fetch_answers 1.2 10.53.0.10 443/tcp doh https://dns.google/dns-query -- \
        www.example.com mail.example.net news.example.org
}

# curl asks for A and AAAA at once, each on a connection of its own from the default address.
scenario_doh_curl_resolver() {
    local address=10.53.1.2
    browse_page 1.2 --doh-url https://chrome.cloudflare-dns.com/dns-query https://img.example.com/
    note "$address" 10.53.0.11 443/tcp doh 2 2 2
}

scenario_doh_nghttp() {
    wire_query www.example.com >"$LAB/run/nghttp.query"
    in_household 1 nghttp -n --no-verify-peer -H 'content-type: application/dns-message' \
        -d "$LAB/run/nghttp.query" https://dns.adguard-dns.com/dns-query
    note 10.53.1.2 10.53.0.13 443/tcp doh 1 1 1
}

scenario_doh_dnsperf() {
    load 1.2 10.53.0.15 443/tcp doh 2 -m doh -q 4 -n 1 \
        -O doh-uri=https://10.53.0.15/dns-query -O doh-method=POST
}

scenario_doh_plain_curl() {
    fetch_answers 1.2 10.53.0.11 80/tcp doh-plain http://one.one.one.one/dns-query -- \
        www.example.com mail.example.net
}

scenario_neg_https_curl() {
    browse_page 1.2 https://site.example.org/
    browse_page 1.3 https://img.example.com/picture.svg
}

# run_scenarios NAME...: the named ones, all if none is named.
run_scenarios() {
    local name comment
    while read -r name comment; do
        [[ -n $name ]] || continue
        [[ $# == 0 || " $* " == *" $name "* ]] || continue
        scenario "$name" "$comment" "scenario_${name//-/_}" </dev/null
    done <<<"$SCENARIOS"
}
