-- Front of Google, Cloudflare and AdGuard (Do53, DoT, DoH) and of every DNSCrypt resolver.
local dots = {{'google', 10}, {'cloudflare', 11}, {'adguard', 13}}
local hosts = {'10.53.0.%d', '[fd53::%d]'}

setSecurityPollSuffix('')
setACL({'10.53.0.0/16', 'fd53::/64'})
newServer({address = '127.0.0.1:53', name = 'unbound'}):setUp()

setLocal('127.0.0.3:53')
for _, operator in ipairs(dots) do
  local chain, key = '@LAB@/tls/' .. operator[1] .. '.pem', '@LAB@/tls/' .. operator[1] .. '.key'
  for _, pattern in ipairs(hosts) do
    local host = string.format(pattern, operator[2])
    addLocal(host .. ':53')
    addTLSLocal(host .. ':853', chain, key, {provider = 'openssl'})
    addDOHLocal(host .. ':443', chain, key, '/dns-query')
  end
end
addDOHLocal('10.53.0.11:80', nil, nil, '/dns-query')

local function dnscrypt(address, provider)
  addDNSCryptBind(address, provider, '@LAB@/run/resolver.cert', '@LAB@/run/resolver.key')
end
dnscrypt('10.53.0.12:8443', '2.dnscrypt-cert.quad9.net')
dnscrypt('[fd53::12]:8443', '2.dnscrypt-cert.quad9.net')
dnscrypt('10.53.0.13:5443', '2.dnscrypt.default.ns1.adguard.com')
dnscrypt('10.53.0.14:443', '2.dnscrypt-cert.opendns.com')

addAction('lost.example.', DropAction())

-- Each operator is a different distance away (milliseconds; answers over UDP only).
for host, delay in pairs({['10.53.0.10'] = 9, ['10.53.0.11'] = 4, ['10.53.0.13'] = 23}) do
  local network = newNMG()
  network:addMask(host .. '/32')
  addAction(NetmaskGroupRule(network, false), DelayAction(delay))
end
