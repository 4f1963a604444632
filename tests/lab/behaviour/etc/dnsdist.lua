-- A DoH front of the recursive resolver.
setSecurityPollSuffix('')
setACL({'0.0.0.0/0', '::/0'})
newServer({address = '127.0.0.1:53', name = 'unbound'}):setUp()
setLocal('127.0.0.3:53')
addDOHLocal('10.53.0.11:443', '@LAB@/tls/dnsdist.pem', '@LAB@/tls/dnsdist.key', '/dns-query')
addDOHLocal('[fd53::11]:443', '@LAB@/tls/dnsdist.pem', '@LAB@/tls/dnsdist.key', '/dns-query')
