// SPDX-License-Identifier: Apache-2.0
//
// Programs that are no browsers and ask for no names: each activity is one TLS connection.
//
// usage: node client.mjs CA.pem SEED COUNT SOURCE_ADDRESS API_ADDRESS HTTP1_ADDRESS SERVICE_ADDRESS
//
// Runs COUNT connections of all activities in turn, 24 at a time, and prints for each
// 'ACTIVITY SOURCE_PORT'. Most of what they do is meant to look like DNS.

import fs from 'node:fs';
import http2 from 'node:http2';
import https from 'node:https';
import tls from 'node:tls';
import {Random} from './random.mjs';

const [caFile, seed, count, source, api, http1, service] = process.argv.slice(2);
const ca = fs.readFileSync(caFile);
const wait = ms => new Promise(done => setTimeout(done, ms));
const NAMES = ['api.web.test', 'dns-api.web.test', 'status.web.test', 'm.web.test'];

// How an application presents itself: what its first request carries and later ones repeat.
function presentation(random) {
  const headers = {'user-agent': `app/${random.int(1, 9)}.${random.int(0, 20)}`, 'accept': '*/*'};
  if (random.chance(0.5)) headers['authorization'] = `Bearer ${random.hex(random.int(20, 300))}`;
  if (random.chance(0.4)) headers['cookie'] = `s=${random.hex(32)}; t=${random.hex(16)}`;
  if (random.chance(0.4)) headers['accept-encoding'] = 'gzip, br';
  return headers;
}

function open(name, random) {
  const session = http2.connect(`https://${name}`, {
    ca,
    createConnection: () => tls.connect({host: api, port: 443, servername: name, ca,
      localAddress: source, ALPNProtocols: random.chance(0.5) ? ['h2'] : ['h2', 'http/1.1']}),
  });
  session.on('error', () => {});
  return session;
}

function ask(session, headers, content) {
  return new Promise((done, failed) => {
    const stream = session.request(headers, {endStream: content === undefined});
    stream.on('error', failed);
    stream.on('close', done);
    stream.resume();
    if (content !== undefined) stream.end(content);
  });
}

async function overHttp2(random, work) {
  const name = random.pick(NAMES);
  const session = open(name, random);
  const fixed = {':authority': name, ...presentation(random)};
  const get = (path, more = {}) => ask(session, {...fixed, ':path': path, ...more});
  const post = (path, bytes, type = 'application/json') => ask(session,
      {...fixed, ':method': 'POST', ':path': path, 'content-type': type}, Buffer.alloc(bytes, 'p'));
  await work({get, post, session});
  const port = session.socket?.localPort;
  session.close();
  return port;
}

const turns = (random, low, high) => Array.from({length: random.int(low, high)}, (_, i) => i);
const small = random => Math.round(Math.min(1400, random.logNormal(220, 0.7)));

const ACTIVITIES = {
  // One resource again and again, its answer nearly the same each time.
  poll: (random, {get}) => {
    const bytes = small(random), pause = random.int(20, 900);
    return inTurn(turns(random, 2, 40), async () => {
      await get(`/api/${bytes + random.int(0, 4)}/status`);
      await wait(pause * (0.9 + 0.2 * random.next()));
    });
  },
  // An application's screens: several resources at once, then a pause.
  screens: (random, {get}) => inTurn(turns(random, 1, 8), async () => {
    await Promise.all(turns(random, 1, 6).map(() =>
      get(`/api/${Math.round(random.logNormal(700, 1.2))}/${random.hex(random.int(4, 24))}`)));
    await wait(random.exponential(700));
  }),
  // As before, but nothing is large: the hardest one.
  lookups: (random, {get}) => inTurn(turns(random, 1, 25), async () => {
    await Promise.all(turns(random, 1, 3).map(() =>
      get(`/api/${small(random)}/items/${random.hex(random.int(6, 30))}`)));
    await wait(random.exponential(300));
  }),
  // The same by POST with small bodies.
  calls: (random, {post}) => inTurn(turns(random, 1, 25), async () => {
    await Promise.all(turns(random, 1, 3).map(() =>
      post(`/api/${small(random)}/call`, random.int(30, 220))));
    await wait(random.exponential(300));
  }),
  telemetry: (random, {post}) => inTurn(turns(random, 1, 15), async () => {
    await post('/collect', Math.round(random.logNormal(600, 0.9)));
    await wait(random.exponential(500));
  }),
  rpc: (random, {post}) => inTurn(turns(random, 1, 40), async () => {
    await Promise.all(turns(random, 1, 2).map(() => post(`/rpc/${Math.round(random.logNormal(90, 0.9))}`,
      5 + Math.round(random.logNormal(60, 0.7)), 'application/grpc')));
    await wait(random.exponential(200));
  }),
  longpoll: (random, {get}) => inTurn(turns(random, 1, 6), () =>
    get(`/api/${small(random)}/wait?ms=${random.int(400, 3000)}`)),
  events: (random, {get}) =>
    get(`/events/${random.int(3, 30)}/${random.int(50, 600)}/${random.int(40, 500)}`),
  // A player: one playlist, then segments.
  stream: (random, {get}) => inTurn(turns(random, 2, 5), async turn => {
    if (turn === 0) await get('/list/20');
    await get(`/r/${Math.round(random.logNormal(120_000, 0.5))}/segment.ts`);
    await wait(random.int(200, 900));
  }),
  download: (random, {get}) => get(`/r/${Math.round(random.logNormal(150_000, 1))}/file.bin`),
  upload: (random, {post}) => inTurn(turns(random, 1, 2), () =>
    post('/upload', Math.round(random.logNormal(60_000, 1)))),
  // A cache that asks whether its objects are still good: nearly all answers are bare headers.
  revalidate: (random, {get}) => inTurn(turns(random, 1, 8), async () => {
    await Promise.all(turns(random, 1, 8).map(() =>
      get(`/static/${random.hex(random.int(6, 40))}`, {'if-none-match': `"${random.hex(16)}"`})));
    await wait(random.exponential(400));
  }),
  // A search box: the request grows letter by letter.
  suggest: (random, {get}) => {
    const pause = random.int(60, 300);
    return inTurn(turns(random, 3, 18), async turn => {
      await get(`/api/${random.int(150, 1300)}/suggest?q=${'lettersofmanywords'.slice(0, turn + 1)}`);
      await wait(pause * (0.7 + 0.6 * random.next()));
    });
  },
  // One question and good-bye: licences, versions, captive portals.
  single: (random, {get}) => get(random.chance(0.4) ? '/generate_204' : `/api/${small(random)}/version`),
};

async function inTurn(list, step) {
  for (const item of list) await step(item);
}

// HTTP/1.1 on one connection, by name or as an old program without ALPN.
function overHttp1(random) {
  const agent = new https.Agent({keepAlive: true, maxSockets: 1});
  const headers = presentation(random);
  let port;
  const once = path => new Promise((done, failed) => {
    const request = https.get({host: http1, path, agent, headers, servername: 'old.web.test', ca,
      localAddress: source, ALPNProtocols: ['http/1.1']}, answer => {
      port = answer.socket.localPort;
      answer.resume().on('end', done);
    });
    request.on('error', failed);
  });
  const pause = random.int(10, 500);
  return inTurn(turns(random, 1, 20), async () => {
    await once(`/api/${small(random)}/${random.hex(random.int(2, 12))}`);
    await wait(pause);
  }).then(() => { agent.destroy(); return port; });
}

// Mail, brokers, chat: messages both ways, no HTTP.
function overTls(random) {
  return new Promise((done, failed) => {
    const kind = random.pick([[443, ['xmpp-client']], [993, []], [8883, ['mqtt']], [5223, []]]);
    const socket = tls.connect({host: service, port: kind[0], servername: 'broker.web.test', ca,
      localAddress: source, ALPNProtocols: kind[1]}, async () => {
      const port = socket.localPort;
      for (const _ of turns(random, 2, 30)) {
        socket.write(Buffer.alloc(Math.round(Math.min(3000, random.logNormal(40, 0.9))), 'm'));
        await wait(random.exponential(150));
      }
      socket.end();
      done(port);
    });
    socket.on('error', failed);
    socket.resume();
  });
}

const KINDS = [...Object.keys(ACTIVITIES), 'http1', 'service'];

async function run(number) {
  const random = new Random(`${seed} ${number}`);
  const kind = KINDS[number % KINDS.length];
  let port;
  if (kind === 'http1') port = await overHttp1(random);
  else if (kind === 'service') port = await overTls(random);
  else port = await overHttp2(random, tools => ACTIVITIES[kind](random, tools));
  console.log(`${kind} ${port}`);
}

let next = 0;
async function worker() {
  while (next < Number(count)) {
    const number = next++;
    await Promise.race([run(number), wait(30_000)]).catch(problem =>
      console.error(`${KINDS[number % KINDS.length]}: ${problem.message}`));
  }
}
await Promise.all(Array.from({length: 24}, worker));
process.exit(0);
