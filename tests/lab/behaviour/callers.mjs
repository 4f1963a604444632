// SPDX-License-Identifier: Apache-2.0
//
// Programs that exchange small messages and had no part in the choice of traits: each is one TLS
// connection, of MQTT, WebSocket, JSON over HTTP/1.1 or beacons over HTTP/2; or of DNS over HTTPS.
//
// usage: node callers.mjs CA.pem SEED COUNT SERVICE_ADDRESS DOH_ADDRESS:NAME,... NAMES_FILE WEB_ADDRESS...
//
// Runs COUNT connections, 24 at a time.

import fs from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import crypto from 'node:crypto';
import tls from 'node:tls';
import {message, publish} from './mail.mjs';
import {Random} from './random.mjs';

const [caFile, seed, count, service, resolvers, namesFile, ...web] = process.argv.slice(2);
const ca = fs.readFileSync(caFile);
const names = fs.readFileSync(namesFile, 'ascii').trim().split('\n');
const wait = ms => new Promise(done => setTimeout(done, ms));

function connect(host, port, servername, protocols) {
  return new Promise((done, failed) => {
    const options = {host, port, servername, ca};
    if (protocols.length > 0) options.ALPNProtocols = protocols;
    const socket = tls.connect(options, () => done(socket));
    socket.on('error', failed).resume();
  });
}

// A device: reports again and again under one topic, or several of about the same length.
async function mqtt(random) {
  const [port, protocols] = random.pick([[8883, []], [8883, ['mqtt']], [443, ['mqtt']]]);
  const socket = await connect(service, port, 'broker.app.test', protocols);
  const id = random.hex(random.int(6, 24));
  socket.write(message(0x10, Buffer.concat([Buffer.from('\0\x04MQTT\x04\x02\0\x3c\0'), Buffer.from([id.length]),
    Buffer.from(id)])));
  await wait(random.int(10, 60));
  if (random.chance(0.6)) socket.write(message(0x82, Buffer.from(`\0\x01\0\x0ahome/${id.slice(0, 5)}\x01`)));
  const mean = random.int(8, 140), spread = random.int(0, 40), pause = random.int(30, 700);
  for (let i = random.int(3, 50); i > 0; i--) {
    const bytes = Math.max(2, mean + random.int(-spread, spread));
    socket.write(random.chance(0.1) ? Buffer.from([0xc0, 0]) : publish(`home/state/${id.slice(0, random.int(1, 6))}`, bytes, random));
    await wait(random.exponential(pause));
  }
  socket.end(Buffer.from([0xe0, 0]));
}

// A chat in text frames (RFC 6455), masked as clients do.
async function chat(random) {
  const socket = await connect(random.pick(web), 443, 'call1.app.test', ['http/1.1']);
  socket.write(`GET /ws HTTP/1.1\r\nHost: call1.app.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
      + `Sec-WebSocket-Key: ${crypto.randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`);
  await wait(150);
  const median = random.int(15, 160), sigma = random.next(), pause = random.int(50, 900);
  for (let i = random.int(3, 45); i > 0; i--) {
    const bytes = Math.round(Math.min(5000, random.logNormal(median, sigma)));
    const head = bytes < 126 ? [0x81, 128 | bytes] : [0x81, 254, bytes >> 8, bytes & 255];
    socket.write(Buffer.concat([Buffer.from(head), crypto.randomBytes(4 + bytes)]));
    await wait(random.exponential(pause));
  }
  socket.end();
}

// JSON-RPC on one connection of HTTP/1.1.
async function jsonRpc(random) {
  const agent = new https.Agent({keepAlive: true, maxSockets: 1});
  const host = random.pick(web);
  const path = `/call/${random.int(30, 400)}/${random.int(5, 90)}`;
  const mean = random.int(60, 260), spread = random.int(0, 80), pause = random.int(20, 600);
  for (let i = random.int(3, 40); i > 0; i--) {
    const content = JSON.stringify({jsonrpc: '2.0', id: i, method: 'state', params: random.hex(Math.max(0, mean + random.int(-spread, spread) - 55))});
    await new Promise((done, failed) => {
      const request = https.request({host, path, agent, method: 'POST', ca, servername: 'call2.app.test',
        ALPNProtocols: ['http/1.1'], headers: {'content-type': 'application/json', 'content-length': content.length}},
      answer => answer.resume().on('end', done));
      request.on('error', failed);
      request.end(content);
    });
    await wait(random.exponential(pause));
  }
  agent.destroy();
}

const h2 = (host, name) => http2.connect(`https://${name}`, {ca,
  createConnection: () => tls.connect({host, port: 443, servername: name, ca, ALPNProtocols: ['h2']})});

function ask(session, headers, content) {
  return new Promise((done, failed) => {
    const stream = session.request(headers, {endStream: content === undefined});
    stream.on('error', failed).on('close', done).resume();
    if (content !== undefined) stream.end(content);
  });
}

// Analytics: events by POST, answered by nothing or by next to nothing.
async function events(random) {
  const session = h2(random.pick(web), 'call3.app.test');
  session.on('error', () => {});
  const path = random.chance(0.6) ? '/beacon' : `/call/${random.int(20, 90)}/${random.int(1, 30)}`;
  const mean = random.int(60, 300), spread = random.int(0, 90), pause = random.int(30, 800);
  for (let i = random.int(3, 30); i > 0; i--) {
    await ask(session, {':method': 'POST', ':path': path, 'content-type': 'application/json', 'user-agent': 'sdk/4.2'},
        Buffer.alloc(Math.max(20, mean + random.int(-spread, spread)), 'e'));
    await wait(random.exponential(pause));
  }
  session.close();
}

// A stub resolver: A and AAAA, some with HTTPS records, at once; the header as RFC 8484 says.
async function doh(random) {
  const [address, name] = random.pick(resolvers.split(',')).split(':');
  const session = h2(address, name);
  session.on('error', () => {});
  const get = random.chance(0.4), edns = random.chance(0.6), pause = random.int(20, 900);
  const types = random.pick([[1], [1, 28], [1, 28, 65]]);
  for (let i = random.int(1, 30); i > 0; i--) {
    const asked = random.pick(names);
    await Promise.all(types.map(type => {
      const query = question(asked, type, edns);
      return get ? ask(session, {':path': `/dns-query?dns=${query.toString('base64url')}`, 'accept': 'application/dns-message'})
        : ask(session, {':method': 'POST', ':path': '/dns-query', 'content-type': 'application/dns-message',
          'accept': 'application/dns-message'}, query);
    }));
    await wait(random.exponential(pause));
  }
  session.close();
}

function question(name, type, edns) {
  const labels = name.split('.').map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([Buffer.from([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, edns ? 1 : 0]), ...labels,
    Buffer.from([0, 0, type, 0, 1]), Buffer.from(edns ? [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0] : [])]);
}

const KINDS = [mqtt, mqtt, chat, chat, jsonRpc, jsonRpc, events, events, doh];
let next = 0;
async function worker() {
  while (next < Number(count)) {
    const number = next++;
    const work = KINDS[number % KINDS.length];
    await Promise.race([work(new Random(`${seed} ${number}`)), wait(30_000)]).catch(problem =>
      console.error(`${work.name}: ${problem.message}`));
  }
}
await Promise.all(Array.from({length: 24}, worker));
process.exit(0);
