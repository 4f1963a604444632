# shellcheck shell=bash
# A certificate authority of one run and a certificate for each operator, all on P-256.

create_authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
        -subj "/CN=Laboratory CA" -addext basicConstraints=critical,CA:TRUE \
        -keyout "$LAB/tls/ca.key" -out "$LAB/tls/ca.pem" 2>/dev/null
}

# create_certificate WHO NAMES ADDRESS...: makes WHO.pem (chain), WHO.key and WHO.pk8 (PKCS #8).
create_certificate() {
    local who=$1 names=$2 base=$LAB/tls/$1 extensions
    extensions="subjectAltName=DNS:${names//,/,DNS:}$(printf ',IP:%s' "${@:3}")
basicConstraints=CA:FALSE
extendedKeyUsage=serverAuth"
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -subj "/CN=${names%%,*}" -keyout "$base.key" -out "$base.csr" 2>/dev/null
    openssl x509 -req -in "$base.csr" -CA "$LAB/tls/ca.pem" -CAkey "$LAB/tls/ca.key" -days 20 \
        -set_serial "0x$(openssl rand -hex 8)" -extfile <(echo "$extensions") \
        -out "$base.crt" 2>/dev/null
    cat "$base.crt" "$LAB/tls/ca.pem" >"$base.pem"
    openssl pkcs8 -topk8 -nocrypt -in "$base.key" -out "$base.pk8"
}

create_certificates() {
    mkdir -p "$LAB/tls"
    create_authority
    while IFS=$'\t' read -r four six public4 public6 who names _; do
        create_certificate "$who" "$names" "$four" "$six" "$public4" "$public6"
    done < <(grep -v '^#' "$LAB_ETC/addresses.tsv")
}

# The digest by which Chromium accepts a key of an authority that it does not know.
public_key_digest() {
    openssl x509 -in "$LAB/tls/$1.crt" -pubkey -noout | openssl pkey -pubin -outform der |
        openssl dgst -sha256 -binary | base64
}
