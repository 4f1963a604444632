# shellcheck shell=bash
# The small captures: one transport and one client program each.

readonly NAMES=(www.example.com api.example.net:AAAA login.example.org:HTTPS)
readonly DNSCRYPT_NAMES=(www.example.com api.example.net news.example.org mail.example.com)

# name, what the capture holds; the function is scenario_NAME with '_' for '-'
readonly SCENARIOS="
do53-udp-kdig       kdig: questions of many types over UDP, IPv4 and IPv6
do53-udp-special    canary names, designated resolvers, SERVFAIL, REFUSED, no answer at all
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
doh-http1-curl      curl and Netty: DoH over HTTP/1.1 at Mullvad
doh-chromium        Chromium with secure DNS at Cloudflare loads pages
doh3-chromium       Chromium with secure DNS at Google over HTTP/3
doh3-netty          Netty (quiche): DoH over HTTP/3 at Google
doq-kdig            kdig (ngtcp2): DoQ at AdGuard, IPv4 and IPv6, and NextDNS
doq-netty           Netty (quiche): DoQ at AdGuard and NextDNS
dnscrypt-udp        DNSCrypt over UDP at Quad9 and AdGuard
dnscrypt-tcp        DNSCrypt over TCP at OpenDNS
neg-http3-netty     Netty (quiche): ordinary pages over HTTP/3
neg-http3-chromium  Chromium with secure DNS at Cloudflare loads a page over HTTP/3
neg-https-curl      curl: ordinary web pages over HTTP/2
demo                a minute of many subscribers over every transport
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
    load 1.4 10.53.0.14 53/tcp do53-tcp 2 40 -m tcp -q 12 -n 1
    transfer_zone 1.5 10.53.0.19 example.com
}

scenario_dot_kdig() {
    ask 1.2 10.53.0.10 853/tcp dot 1 all kdig +tls +keepopen +tls-sni=dns.google -- "${NAMES[@]}"
    ask 1.2 10.53.0.12 853/tcp dot each all kdig +tls +tls-sni=dns.quad9.net +padding=128 \
        -- "${NAMES[@]}"
    ask 1.3 10.53.0.12 8853/tcp dot 1 all kdig +tls +keepopen +tls-sni=dns.quad9.net \
        -- "${NAMES[@]}"
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
    load 1.2 10.53.0.13 853/tcp dot 3 40 -m dot -q 6 -n 1
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
    browse_page 1.2 img.example.com --doh-url https://chrome.cloudflare-dns.com/dns-query
    note 10.53.1.2 10.53.0.11 443/tcp doh 2 2 2
}

scenario_doh_nghttp() {
    wire_query www.example.com >"$LAB/run/nghttp.query"
    in_household 1 nghttp -n --no-verify-peer -H 'content-type: application/dns-message' \
        -d "$LAB/run/nghttp.query" https://dns.adguard-dns.com/dns-query
    note 10.53.1.2 10.53.0.13 443/tcp doh 1 1 1
}

scenario_doh_dnsperf() {
    load 1.2 10.53.0.15 443/tcp doh 2 40 -m doh -q 4 -n 1 \
        -O doh-uri=https://10.53.0.15/dns-query -O doh-method=POST
}

scenario_doh_plain_curl() {
    fetch_answers 1.2 10.53.0.11 80/tcp doh-plain http://one.one.one.one/dns-query -- \
        www.example.com mail.example.net
}

scenario_doh_http1_curl() {
    fetch_answers 1.2 10.53.0.17 443/tcp doh https://dns.mullvad.net/dns-query --http1.1 -- \
        www.example.com mail.example.net
    ask_peer 1.3 10.53.0.17 443/tcp doh doh1 dns.mullvad.net 5 www.example.com api.example.net
}

# browse_by_cloudflare CLIENT SERVER: DoH over TCP, and a page over HTTP/2.
browse_by_cloudflare() {
    browse "$1" cloudflare "$2" chrome.cloudflare-dns.com 443/tcp doh \
        https://site.example.org/index.html
    note "$(client_address "$1" 10.53.0.20)" 10.53.0.20 443/tcp other - 0 0
}

scenario_doh_chromium() {
    browse_by_cloudflare 1.2 10.53.0.11
}

# The DoH3 server invents addresses that lead nowhere: many names are asked for, no page comes.
browse_by_google_http3() {
    browse "$1" google 10.53.0.10 dns.google 443/udp doh3 "data:text/html,$(
        printf '<img src=https://%s/>' www.example.com www.example.net api.example.org news.example
    )" --origin-to-force-quic-on=dns.google:443
}

scenario_doh3_chromium() {
    browse_by_google_http3 1.2
}

scenario_doh3_netty() {
    ask_peer 1.2 10.53.0.10 443/udp doh3 doh3 dns.google 8 \
        www.example.com api.example.net nx.example.org
}

# No name of the server: this kdig ends by a segmentation fault if told one for QUIC.
scenario_doq_kdig() {
    ask 1.2 10.53.0.13 853/udp doq each all kdig +quic -- "${NAMES[@]}"
    ask 1.3 10.53.0.16 853/udp doq each all kdig +quic -- www.example.com
    ask 2.2 fd53::13 853/udp doq each all kdig +quic -- www.example.com
}

scenario_doq_netty() {
    ask_peer 1.2 10.53.0.13 853/udp doq doq dns.adguard-dns.com 10 www.example.com api.example.net
    ask_peer 1.3 10.53.0.16 853/udp doq doq dns.nextdns.io 3 login.example.org
}

scenario_dnscrypt_udp() {
    ask_by_dnscrypt 1.2 1.3 10.53.0.12 8443/udp 2.dnscrypt-cert.quad9.net "${DNSCRYPT_NAMES[@]}"
    ask_by_dnscrypt 1.4 1.5 10.53.0.13 5443/udp 2.dnscrypt.default.ns1.adguard.com www.example.com
    ask_by_dnscrypt 2.2 2.3 fd53::12 8443/udp 2.dnscrypt-cert.quad9.net "${DNSCRYPT_NAMES[@]}"
}

scenario_dnscrypt_tcp() {
    ask_by_dnscrypt 1.2 1.3 10.53.0.14 443/tcp 2.dnscrypt-cert.opendns.com "${DNSCRYPT_NAMES[@]}"
}

scenario_neg_http3_netty() {
    ask_peer 1.2 10.53.0.20 443/udp other http3 site.example.org 2 /index.html /about.html
}

scenario_neg_http3_chromium() {
    browse 1.2 cloudflare 10.53.0.11 chrome.cloudflare-dns.com 443/tcp doh \
        https://site.example.org/index.html --origin-to-force-quic-on="$(
            printf '%s:443,' site.example.org img.example.com cdn.example.net
        )"
    note 10.53.1.2 10.53.0.20 443/udp other - 0 0
}

scenario_neg_https_curl() {
    browse_page 1.2 site.example.org --resolve site.example.org:443:10.53.0.20
    browse_page 1.3 img.example.com --resolve img.example.com:443:10.53.0.20
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
