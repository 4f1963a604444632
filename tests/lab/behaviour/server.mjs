// SPDX-License-Identifier: Apache-2.0
//
// The web of the behaviour laboratory: pages of many objects, programming interfaces, streams,
// WebSockets, and services that are no HTTP. What an answer is like is said by its path.
//
// usage: node server.mjs CERT.pem KEY.pem WEB_ADDRESS API_ADDRESS HTTP1_ADDRESS SERVICE_ADDRESS
//
//   /page/N           HTML with scripts, styles, pictures and calls, the same for the same N
//   /r/BYTES/...      an object of that size
//   /api/BYTES/...    JSON of about that size; ?ms=N waits first
//   /rpc/BYTES        a message in five bytes of framing, and trailers
//   /events/N/MS/BYTES  N server-sent events, one every MS milliseconds
//   /list/N           a playlist of N segments
//   anything else     204 for POST, 304 if asked conditionally, else a short text

import crypto from 'node:crypto';
import fs from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import tls from 'node:tls';
import {Random} from './random.mjs';

const [cert, key, web, api, http1, service] = process.argv.slice(2);
const identity = {cert: fs.readFileSync(cert), key: fs.readFileSync(key)};
const filler = crypto.randomBytes(1 << 20);
const HOSTS = ['img', 'cdn', 'static', 'assets', 'www', 'ads', 'tag'];

function json(bytes) {
  const record = {id: 'a1', state: 'active', updated: new Date().toISOString(), note: ''};
  const rest = Math.max(0, bytes - JSON.stringify(record).length);
  record.note = filler.toString('base64', 0, rest).slice(0, rest);
  return JSON.stringify(record);
}

function body(bytes) {
  const parts = [];
  for (let left = bytes; left > 0; left -= filler.length) {
    parts.push(filler.subarray(0, Math.min(left, filler.length)));
  }
  return Buffer.concat(parts);
}

// Sizes as on the web: log-normal around the median of a kind of object.
function page(number) {
  const random = new Random(`page ${number}`);
  const hosts = Array.from({length: random.int(1, 6)},
      () => `${random.pick(HOSTS)}${random.int(1, 40)}.site.web.test`);
  const url = (median, kind) => {
    const bytes = Math.round(Math.min(900_000, random.logNormal(median, 1.2)));
    const host = random.chance(0.4) ? '' : `https://${random.pick(hosts)}`;
    return `${host}/r/${bytes}/${random.hex(8)}.${kind}`;
  };
  const tags = [];
  for (let i = random.int(1, 3); i > 0; i--) {
    tags.push(`<link rel="stylesheet" href="${url(12_000, 'css')}">`);
  }
  for (let i = random.int(1, 10); i > 0; i--) {
    tags.push(`<script async src="${url(25_000, 'js')}"></script>`);
  }
  for (let i = random.int(3, 30); i > 0; i--) {
    tags.push(`<img src="${url(9_000, 'png')}">`);
  }
  for (let i = random.chance(0.5) ? random.int(1, 8) : 0; i > 0; i--) {
    const bytes = Math.round(Math.min(400_000, random.logNormal(6_000, 1.4)));
    tags.push(`<img src="https://media.web.test/sized/${bytes}/${random.hex(6)}">`);
  }
  tags.push(calls(random));
  const next = `https://${random.hex(random.int(3, 12))}.${random.pick(['site.web.test', 'web.test'])}`;
  const text = 'Words of an article. '.repeat(random.int(20, 1500));
  return `<!doctype html><html><head><title>Page ${number}</title>
<meta http-equiv="refresh" content="${random.int(2, 6)}; url=${next}/page/${Number(number) + 1}"></head><body>${tags.join('\n')}
<p>${text}</p></body></html>`;
}

// What a page does after it is there: beacons, polls, a search box, a socket.
function calls(random) {
  const api = 'https://api.web.test';
  const lines = [`navigator.sendBeacon('${api}/beacon/${random.hex(6)}', 'x'.repeat(${random.int(40, 900)}));`];
  if (random.chance(0.5)) {
    lines.push(`let n = 0; const poll = () => { if (n++ < ${random.int(3, 25)}) fetch('${api}/api/${
      random.int(60, 900)}/state').then(r => r.text()).then(() => setTimeout(poll, ${
      random.int(50, 1200)})); }; poll();`);
  }
  if (random.chance(0.4)) {
    lines.push(`let q = ''; const type = () => { if (q.length < ${random.int(4, 14)}) { q += 'a';
fetch('https://suggest.web.test/api/' + (200 + q.length * 30) + '/suggest?q=' + q);
setTimeout(type, ${random.int(60, 350)}); } }; type();`);
  }
  if (random.chance(0.3)) {
    lines.push(`const s = new WebSocket('wss://chat.web.test/ws'); let m = 0;
s.onopen = () => setInterval(() => { if (m++ < 30) s.send('y'.repeat(${random.int(10, 200)})); }, ${
      random.int(80, 600)});`);
  }
  return `<script>${lines.join('\n')}</script>`;
}

const wait = ms => new Promise(done => setTimeout(done, ms));

async function events(response, count, millis, bytes) {
  response.writeHead(200, {'content-type': 'text/event-stream', 'cache-control': 'no-store'});
  for (let i = 0; i < count && !response.destroyed; i++) {
    response.write(`data: ${json(bytes)}\n\n`);
    await wait(millis);
  }
  response.end();
}

function rpc(response, bytes) {
  response.writeHead(200, {'content-type': 'application/grpc'});
  response.addTrailers({'grpc-status': '0'});
  response.end(body(bytes + 5));
}

async function answer(request, response) {
  const url = new URL(request.url, 'https://x');
  const [, kind, ...words] = url.pathname.split('/');
  const bytes = Number(words[0] ?? 0);
  request.resume();
  if (request.method === 'POST' || request.method === 'PUT') {
    await new Promise(done => request.on('end', done));
  }
  if (url.searchParams.has('ms')) {
    await wait(Number(url.searchParams.get('ms')));
  }
  const send = (status, type, content) => {
    response.writeHead(status, {'content-type': type, 'access-control-allow-origin': '*',
      'server': 'web', 'date': new Date().toUTCString(), 'content-length': content.length});
    response.end(content);
  };
  switch (kind) {
    case 'page': return send(200, 'text/html', Buffer.from(page(words[0])));
    case 'r': return send(200, typeOf(url.pathname), body(bytes));
    case 'api': return send(200, 'application/json', Buffer.from(json(bytes)));
    case 'rpc': return rpc(response, bytes);
    case 'events': return events(response, bytes, Number(words[1]), Number(words[2]));
    case 'list': return send(200, 'application/vnd.apple.mpegurl', playlist(bytes));
    default: return short(request, response, send);
  }
}

function short(request, response, send) {
  if (request.headers['if-none-match']) {
    response.writeHead(304, {'etag': request.headers['if-none-match'], 'server': 'web'});
    response.end();
  } else if (request.method === 'POST') {
    response.writeHead(204, {'access-control-allow-origin': '*'});
    response.end();
  } else {
    send(200, 'text/plain', Buffer.from('well\n'));
  }
}

function playlist(count) {
  const lines = Array.from({length: count}, (_, i) => `#EXTINF:4.0,\nsegment-${i}.ts`);
  return Buffer.from(`#EXTM3U\n${lines.join('\n')}\n`);
}

function typeOf(path) {
  const kinds = {css: 'text/css', js: 'text/javascript', png: 'image/png', json: 'application/json'};
  return kinds[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

// The server's side of RFC 6455: each message of a client is answered by one of another length.
function upgrade(request, socket) {
  const accept = crypto.createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n'
      + `Connection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  const random = new Random(accept);
  socket.on('error', () => socket.destroy());
  socket.on('data', () => {
    const bytes = Math.round(Math.min(60_000, random.logNormal(120, 0.9)));
    const head = bytes < 126 ? Buffer.from([0x82, bytes])
        : Buffer.from([0x82, 126, bytes >> 8, bytes & 255]);
    socket.write(Buffer.concat([head, filler.subarray(0, bytes)]));
  });
}

// Mail, chat and message brokers: short lines or packets, answered by others.
function serve(socket) {
  const random = new Random(String(socket.remotePort));
  const greets = socket.alpnProtocol === false && random.chance(0.5);
  if (greets) {
    socket.write('220 service ready for you\r\n');
  }
  socket.on('error', () => socket.destroy());
  socket.on('data', data => {
    const large = random.chance(0.08);
    const bytes = large ? random.logNormal(4000, 1) : random.logNormal(60, 0.8);
    socket.write(filler.subarray(0, Math.round(Math.min(200_000, bytes)) + data.length % 3));
  });
}

function listen(server, address, port) {
  server.on('error', problem => { throw problem; });
  server.on('sessionError', () => {});
  server.on('tlsClientError', () => {});
  server.listen(port, address);
}

const handler = (request, response) => {
  response.on('error', () => {});
  answer(request, response).catch(() => response.destroy?.());
};
for (const address of [web, api]) {
  listen(http2.createSecureServer({...identity, allowHTTP1: true}, handler), address, 443);
}
const old = https.createServer(identity, handler);
old.on('upgrade', upgrade);
listen(old, http1, 443);
for (const port of [443, 993, 8883, 5223]) {
  listen(tls.createServer({...identity, ALPNProtocols: ['mqtt', 'imap', 'xmpp-client']}, serve),
      service, port);
}
console.log('ready');
