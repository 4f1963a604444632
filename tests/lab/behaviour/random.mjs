// SPDX-License-Identifier: Apache-2.0
//
// Numbers that come out the same for the same seed.

import crypto from 'node:crypto';

export class Random {
  #state;

  constructor(seed) {
    this.#state = crypto.createHash('sha256').update(String(seed)).digest().readUInt32LE(0);
  }

  // In [0, 1): mulberry32.
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let word = this.#state;
    word = Math.imul(word ^ (word >>> 15), word | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4294967296;
  }

  // From low to high, both included.
  int(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[this.int(0, list.length - 1)];
  }

  logNormal(median, sigma) {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.next()));
  }

  // Waiting times around a mean.
  exponential(mean) {
    return -mean * Math.log(1 - this.next());
  }

  hex(digits) {
    return Array.from({length: digits}, () => this.int(0, 15).toString(16)).join('');
  }
}
