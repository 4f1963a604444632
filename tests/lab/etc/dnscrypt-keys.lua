-- Run once: the keys and the certificate of the DNSCrypt resolvers.
generateDNSCryptProviderKeys('@LAB@/run/provider.pub', '@LAB@/run/provider.key')
generateDNSCryptCertificate('@LAB@/run/provider.key', '@LAB@/run/resolver.cert',
  '@LAB@/run/resolver.key', 1, os.time() - 86400, os.time() + 86400 * 30)
setLocal('127.0.0.1:5399')
