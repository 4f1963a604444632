// SPDX-License-Identifier: Apache-2.0
//
// What programs call over the web with small messages, and services that are no HTTP. It had no
// part in the choice of traits and threshold.
//
// usage: node services.mjs CERT.pem KEY.pem SERVICE_ADDRESS WEB_ADDRESS...
//
//   /app/N         a page that calls the other web addresses in the way of page N; /quic/N by HTTP/3
//   /call/M/S      answered by JSON of log-normal size, median M, sigma S hundredths
//   /rpc/M/S       answered as gRPC-web, message and trailers in the body
//   /beacon        204
//
// Each connection is closed after a while, as servers do. SERVICE_ADDRESS speaks IMAP on port 993,
// SMTP on 465 and MQTT on 8883 and 443.

import crypto from 'node:crypto';
import fs from 'node:fs';
import http2 from 'node:http2';
import tls from 'node:tls';
import {Random} from './random.mjs';
import {serveImap, serveMqtt, serveSmtp} from './mail.mjs';

const [cert, key, service, ...addresses] = process.argv.slice(2);
const identity = {cert: fs.readFileSync(cert), key: fs.readFileSync(key)};
const random = new Random(crypto.randomUUID());
const HOSTS = addresses.map((_, i) => `call${i + 1}.app.test`);
const LONGEST = 200_000;

function text(wanted) {
  const bytes = Math.max(0, wanted);
  return crypto.randomBytes(Math.ceil(bytes * 0.75)).toString('base64').slice(0, bytes);
}

// The ways in which a page calls a host; what is written into it is fixed for the page.
const WAYS = {
  rpc: r => `every(${r.int(80, 900)}, ${r.int(3, 40)}, () => fetch(host + '/rpc/${r.int(20, 250)}/${r.int(10, 90)}',
    {method: 'POST', headers: {'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1'},
     body: new Uint8Array(around(${r.int(60, 240)}, ${r.int(0, 60)}))}))`,
  json: r => `every(${r.int(50, 1200)}, ${r.int(3, 40)}, () => fetch(host + '/call/${r.int(40, 400)}/${r.int(5, 90)}',
    {method: 'POST', headers: {'content-type': '${r.pick(['application/json', 'text/plain'])}'},
     body: letters(around(${r.int(60, 280)}, ${r.int(0, 70)}))}))`,
  graphql: r => `every(${r.int(200, 1500)}, ${r.int(3, 25)}, () => fetch(host + '/call/${r.int(80, 1500)}/${r.int(2, 80)}',
    {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({operationName: '${
    r.hex(r.int(4, 12))}', variables: {cursor: letters(around(${r.int(4, 30)}, 3))}, query: '${
    r.hex(r.int(60, 700))}'})}))`,
  beacon: r => `every(${r.int(60, 1500)}, ${r.int(3, 30)}, () =>
    navigator.sendBeacon(host + '/beacon', letters(around(${r.int(60, 300)}, ${r.int(0, 80)}))))`,
  chat: r => `const s = new WebSocket(host.replace('https', 'wss') + '/ws'); s.onopen = () =>
    every(${r.int(60, 900)}, ${r.int(3, 40)}, () => s.send(letters(around(${r.int(10, 200)}, ${r.int(5, 100)}))))`,
};

// Without waiting for permission, to an HTTP/3 server that knows nothing of it.
const quicCall = r => `every(${r.int(50, 1200)}, ${r.int(4, 40)}, () => fetch(host + '/sized/${r.int(60, 400)}',
    {method: 'POST', mode: 'no-cors', body: letters(around(${r.int(60, 280)}, ${r.int(0, 70)}))}))`;

function page(kind, number) {
  const r = new Random(`${kind} ${number}`);
  const ways = kind === 'quic' ? ['media.web.test', 'h3.web.test'].map(host => [host, quicCall(r)])
    : HOSTS.map(host => [host, WAYS[r.pick(Object.keys(WAYS))](r)]);
  const calls = ways.map(([host, way]) => `(host => { ${way} })('https://${host}');`);
  return `<!doctype html><meta http-equiv="refresh" content="${r.int(6, 12)}; url=/${kind}/${Number(number) + 1}">
<script>
const around = (mean, spread) => Math.max(1, Math.round(mean + spread * (2 * Math.random() - 1)));
const letters = n => Array.from({length: n}, () => String.fromCharCode(97 + Math.random() * 26)).join('');
const every = (millis, times, work) => { if (times > 0) { Promise.resolve(work()).catch(() => {});
  setTimeout(() => every(millis, times - 1, work), millis * (0.5 + Math.random())); } };
${calls.join('\n')}
</script>`;
}

const size = words => Math.round(Math.min(LONGEST, random.logNormal(Number(words[0]), Number(words[1]) / 100)));

function content(kind, words) {
  switch (kind) {
    case 'app': case 'quic': return ['text/html', page(kind, words[0])];
    case 'call': return ['application/json', JSON.stringify({result: text(size(words) - 13)})];
    case 'rpc': return ['application/grpc-web+proto', text(5 + size(words)) + '\x80\0\0\0\x0fgrpc-status:0\r\n'];
    default: return null;
  }
}

const CORS = {'access-control-allow-origin': '*', 'access-control-allow-headers': '*',
  'access-control-allow-methods': '*', 'access-control-max-age': '600'};

function answer(request, response) {
  const [, kind, ...words] = new URL(request.url, 'https://x').pathname.split('/');
  const found = request.method === 'OPTIONS' ? null : content(kind, words);
  const send = () => {
    if (found) {
      response.writeHead(200, {...CORS, 'content-type': found[0], 'date': new Date().toUTCString()});
    } else {
      response.writeHead(204, CORS);
    }
    response.end(found?.[1]);
  };
  request.on('error', () => {}).on('end', () => setTimeout(send, random.exponential(8))).resume();
}

// RFC 6455: some messages are answered, some come by themselves.
function upgrade(request, socket) {
  const accept = crypto.createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n'
      + `Connection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  const say = () => {
    const bytes = Math.round(Math.min(60_000, random.logNormal(90, 0.8)));
    const head = bytes < 126 ? [0x81, bytes] : [0x81, 126, bytes >> 8, bytes & 255];
    if (!socket.destroyed) socket.write(Buffer.concat([Buffer.from(head), Buffer.from(text(bytes))]));
  };
  const timer = setInterval(() => random.chance(0.2) && say(), 400);
  socket.on('error', () => socket.destroy()).on('close', () => clearInterval(timer));
  socket.on('data', () => random.chance(0.8) && say());
}

function listen(server, address, port) {
  server.on('error', problem => { throw problem; });
  server.on('sessionError', () => {}).on('tlsClientError', () => {});
  server.listen(port, address);
}

for (const address of addresses) {
  const server = http2.createSecureServer({...identity, allowHTTP1: true}, (request, response) => {
    response.on('error', () => {});
    answer(request, response);
  });
  server.on('upgrade', upgrade);
  server.on('session', session => {
    session.on('error', () => {});
    setTimeout(() => session.destroyed || session.close(), random.int(1500, 9000)).unref();
  });
  listen(server, address, 443);
}
for (const [port, serve] of [[993, serveImap], [465, serveSmtp], [8883, serveMqtt], [443, serveMqtt]]) {
  listen(tls.createServer({...identity, ALPNProtocols: ['mqtt', 'imap']}, socket => {
    socket.on('error', () => socket.destroy());
    serve(socket, random);
  }), service, port);
}
console.log('ready');
