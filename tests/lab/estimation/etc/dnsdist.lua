newServer({address = '127.0.0.9:53', name = 'slow'}):setUp()
addAction(AllRule(), LogAction('@LAB@/run/dnsdist.queries', false, true, false, false, true))
