// SPDX-License-Identifier: Apache-2.0
//
// Asks over one connection of node's own TLS and HTTP/2.
//
// usage: node node-client.mjs dot|get|post CA.pem SOURCE SERVER NAME BURST PAUSE_MS PINGS HEADERS <QUERIES
//
// Standard input has a query in hexadecimal on each line. BURST are sent before their answers are
// waited for, then it pauses. PINGS: a PING after each burst. HEADERS: how many fields of its own
// each request repeats. Prints the number of answers.

import fs from 'node:fs';
import http2 from 'node:http2';
import tls from 'node:tls';

const [mode, caFile, source, server, name, burst, pause, pings, headers] = process.argv.slice(2);
const ca = fs.readFileSync(caFile);
const queries = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean).map(line => Buffer.from(line, 'hex'));
const wait = ms => new Promise(done => setTimeout(done, ms));
let answers = 0;

function fail(reason) {
  console.error(`${answers} answers, then ${reason}`);
  process.exit(1);
}

function connect(port, protocol) {
  return tls.connect({host: server, port, servername: name, ca, localAddress: source, ALPNProtocols: [protocol]});
}

function dot() {
  const socket = connect(853, 'dot');
  const waiting = [];
  let data = Buffer.alloc(0);
  let number = 0;
  socket.on('data', more => {
    data = Buffer.concat([data, more]);
    while (data.length >= 2 && data.length >= 2 + data.readUInt16BE(0)) {
      data = data.subarray(2 + data.readUInt16BE(0));
      answers++;
      waiting.shift()();
    }
  });
  socket.on('close', () => {
    if (waiting.length) fail('closed');
  });
  const ask = query => new Promise(done => {
    waiting.push(done);
    query.writeUInt16BE(number = (number + 1) % 65536);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(query.length);
    socket.write(Buffer.concat([length, query]));
  });
  return {ask, ping: () => {}, end: () => socket.end(), ready: new Promise(done => socket.on('secureConnect', done))};
}

function doh() {
  const session = http2.connect(`https://${name}`, {createConnection: () => connect(443, 'h2')});
  session.on('error', fail);
  session.on('goaway', code => fail(`goaway ${code}`));
  const own = Object.fromEntries(Array.from({length: +headers}, (_, i) => [`x-own-${i}`, `value of field ${i}`]));
  const ask = query => new Promise((done, failed) => {
    const post = mode === 'post';
    const path = post ? '/dns-query' : `/dns-query?dns=${query.toString('base64url')}`;
    const kind = post ? {':method': 'POST', 'content-type': 'application/dns-message', 'content-length': query.length} : {};
    const stream = session.request({':path': path, ':authority': name, accept: 'application/dns-message', ...kind, ...own});
    stream.on('response', fields => { answers += fields[':status'] === 200 ? 1 : 0; });
    stream.on('error', failed);
    stream.on('close', done);
    stream.resume();
    stream.end(post ? query : undefined);
  });
  return {ask, ping: () => session.ping(() => {}), end: () => session.close(), ready: Promise.resolve()};
}

const client = mode === 'dot' ? dot() : doh();
await client.ready;
for (let at = 0; at < queries.length; at += +burst) {
  await Promise.all(queries.slice(at, at + +burst).map(client.ask));
  if (+pings) client.ping();
  if (+pause) await wait(+pause * Math.random() * 2);
}
client.end();
console.log(`answers=${answers}`);
