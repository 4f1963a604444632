// SPDX-License-Identifier: Apache-2.0
//
// The servers' sides of short dialogues that are no HTTP: IMAP (RFC 3501), SMTP (RFC 5321) and MQTT
// 3.1.1, as far as clients ask.

function lines(socket, onLine) {
  let rest = '';
  socket.on('data', data => {
    rest += data.toString('latin1');
    for (let end; (end = rest.indexOf('\r\n')) >= 0; rest = rest.slice(end + 2)) {
      onLine(rest.slice(0, end));
    }
  });
}

export function serveImap(socket, random) {
  socket.write('* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS] ready\r\n');
  lines(socket, line => {
    const [tag, ...words] = line.split(' ');
    const command = words[0]?.toUpperCase() === 'UID' ? words[1]?.toUpperCase() : words[0]?.toUpperCase();
    const said = {
      CAPABILITY: '* CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE\r\n',
      SELECT: `* ${random.int(1, 900)} EXISTS\r\n* FLAGS (\\Seen \\Answered \\Deleted)\r\n* OK [UIDVALIDITY 1] ok\r\n`,
      SEARCH: `* SEARCH ${Array.from({length: random.int(0, 12)}, () => random.int(1, 999)).join(' ')}\r\n`,
      FETCH: fetched(random),
      LOGOUT: '* BYE\r\n',
    }[command] ?? '';
    socket.write(`${said}${tag} OK ${command} done\r\n`);
  });
}

function fetched(random) {
  const bytes = Math.round(Math.min(60_000, random.logNormal(300, 1)));
  return `* 1 FETCH (UID 1 BODY[] {${bytes}}\r\n${'m'.repeat(bytes)})\r\n`;
}

export function serveSmtp(socket) {
  let inData = false;
  socket.write('220 mail.app.test ESMTP\r\n');
  lines(socket, line => {
    if (inData) {
      inData = line !== '.';
      if (!inData) socket.write('250 2.0.0 Ok: queued as 4D2A11\r\n');
      return;
    }
    const command = line.slice(0, 4).toUpperCase();
    inData = command === 'DATA';
    socket.write({
      EHLO: '250-mail.app.test\r\n250-SIZE 10240000\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n',
      AUTH: '235 2.7.0 Authentication successful\r\n',
      DATA: '354 End data with <CR><LF>.<CR><LF>\r\n',
      QUIT: '221 2.0.0 Bye\r\n',
    }[command] ?? '250 2.1.0 Ok\r\n');
  });
}

export function serveMqtt(socket, random) {
  socket.on('data', data => {
    for (let at = 0; at + 2 <= data.length;) {
      let bytes = 0, shift = 0, next = at + 1, byte;
      do {
        byte = data[next++] ?? 0;
        bytes |= (byte & 127) << shift;
        shift += 7;
      } while (byte & 128);
      reply(socket, random, data[at] >> 4, data.subarray(next, next + bytes));
      at = next + bytes;
    }
  });
}

function reply(socket, random, type, body) {
  const topic = type === 3 && body.length > 2 ? body.readUInt16BE(0) : 0;
  switch (type) {
    case 1: return socket.write(Buffer.from([0x20, 2, 0, 0]));
    case 3:
      socket.write(Buffer.from([0x40, 2, body[2 + topic] ?? 0, body[3 + topic] ?? 0]));
      return random.chance(0.5) && socket.write(publish('home/state/room', random.int(10, 160), random));
    case 8: return socket.write(Buffer.from([0x90, 3, body[0] ?? 0, body[1] ?? 0, 1]));
    case 12: return socket.write(Buffer.from([0xd0, 0]));
    default: return undefined;
  }
}

// A PUBLISH with QoS 1 (MQTT 3.1.1, section 3.3).
export function publish(topic, bytes, random) {
  const head = Buffer.alloc(2 + topic.length + 2);
  head.writeUInt16BE(topic.length, 0);
  head.write(topic, 2);
  head.writeUInt16BE(random.int(1, 65_535), 2 + topic.length);
  return message(0x32, Buffer.concat([head, Buffer.from(random.hex(bytes))]));
}

export function message(type, body) {
  const length = body.length < 128 ? [body.length] : [body.length & 127 | 128, body.length >> 7];
  return Buffer.concat([Buffer.from([type, ...length]), body]);
}
