// SPDX-License-Identifier: Apache-2.0
//
// DNS over HTTPS as a web application makes it (RFC 8484): asks a resolver by UDP, answers with the
// many headers of a web server.
//
// usage: node doh-proxy.mjs CERT.pem KEY.pem ADDRESS

import dgram from 'node:dgram';
import fs from 'node:fs';
import http2 from 'node:http2';

const [cert, key, address] = process.argv.slice(2);

function resolve(query) {
  return new Promise((done, failed) => {
    const socket = dgram.createSocket('udp4');
    const timer = setTimeout(() => { socket.close(); failed(new Error('timeout')); }, 3000);
    socket.once('message', message => { clearTimeout(timer); socket.close(); done(message); });
    socket.send(query, 53, '127.0.0.1');
  });
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

const server = http2.createSecureServer(
    {cert: fs.readFileSync(cert), key: fs.readFileSync(key), allowHTTP1: true},
    async (request, response) => {
      response.on('error', () => {});
      try {
        const encoded = new URL(request.url, 'https://x').searchParams.get('dns');
        const query = encoded ? Buffer.from(encoded, 'base64url') : await bodyOf(request);
        const message = await resolve(query);
        response.writeHead(200, {'content-type': 'application/dns-message', 'server': 'app/2.1',
          'date': new Date().toUTCString(), 'cache-control': `max-age=${60 + message.length}`,
          'strict-transport-security': 'max-age=31536000', 'x-request-id': String(Math.random()),
          'content-length': message.length});
        response.end(message);
      } catch {
        response.writeHead(502).end();
      }
    });
server.on('sessionError', () => {}).on('tlsClientError', () => {});
server.listen(443, address);
