// Loaded before the worker's main where sessions are restored from one snapshot (V2): until it is restored, each process of a version has the
// same random numbers and the same time; then the clock is now's, what was connected is not any more, and nothing else is made anew.
// https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-v2-optimize.html
// What the kernel makes at random stays its own: the hypervisor seeds that anew (AWS, "Handling uniqueness with Lambda SnapStart").
import crypto from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';

const { searchParams } = new URL(import.meta.url);
const seed = searchParams.get('seed');
/** When the version was made, in epoch milliseconds. */
const bornAt = Number(searchParams.get('at'));

// Each source goes on by itself, as Node's own caches do: the n-th id of one process is the n-th of all.
const { createHash } = crypto;
function source(name) {
  let drawn = 0;
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) || 1 }, () =>
      createHash('sha256').update(`${seed} ${name} ${drawn++}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, length);
  };
}

const [bytesOf, valuesOf, idOf, intOf, chanceOf] = ['bytes', 'values', 'id', 'int', 'chance'].map(source);
const later = (then, value) => (then ? void setImmediate(then, null, value) : value);
const fraction = (bytes) => (bytes.readUInt32BE() * 2 ** 21 + (bytes.readUInt32BE(4) >>> 11)) / 2 ** 53;
function filled(array) {
  const target = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  target.set(valuesOf(target.length));
  return array;
}
function uuid() {
  const bytes = idOf(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
function randomFillSync(target, offset = 0, size = target.byteLength - offset) {
  const view = ArrayBuffer.isView(target) ? target : new Uint8Array(target);
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(bytesOf(size), offset);
  return target;
}
function randomInt(...given) {
  const then = typeof given.at(-1) === 'function' ? given.pop() : undefined;
  const [least, end] = given.length > 1 ? given : [0, given[0]];
  return later(then, least + Math.floor(fraction(intOf(8)) * (end - least)));
}
Object.assign(crypto, {
  randomBytes: (length, then) => later(then, bytesOf(length)),
  randomFillSync,
  randomFill: (target, ...rest) => later(rest.pop(), randomFillSync(target, ...rest)),
  randomUUID: uuid,
  randomInt,
});
// Node's own `getRandomValues` is that of the web's.
Object.assign(Object.getPrototypeOf(crypto.webcrypto), { getRandomValues: filled, randomUUID: uuid });
Math.random = () => fraction(chanceOf(8));

const RealDate = Date;
const real = {
  now: Date.now.bind(Date),
  performance: performance.now.bind(performance),
  hrtime: process.hrtime.bigint.bind(process.hrtime),
  uptime: process.uptime.bind(process),
};
const began = real.hrtime();
/** Milliseconds by which this time is ahead of the machine's, and by which it was moved when it was restored. */
let ahead = bornAt - real.now();
let jumped = 0;
const now = () => real.now() + ahead;
const monotonic = () => real.hrtime() - began + BigInt(Math.round(jumped * 1e6));
RealDate.now = now;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [now()], made),
  apply: () => new RealDate(now()).toString(),
});
RealDate.prototype.constructor = Date;
Object.defineProperty(performance, 'now', { value: () => real.performance() + jumped });
Object.defineProperty(performance, 'timeOrigin', { value: bornAt });
process.uptime = () => real.uptime() + jumped / 1000;
process.hrtime = Object.assign(
  (since = [0, 0]) => {
    const passed = monotonic() - (BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]));
    return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)];
  },
  { bigint: monotonic },
);

// What was set before and falls into the jump is due at once.
let isRestored = false;
const waiting = new Set();
const ringIn = (milliseconds, ring) => waiting.add({ due: monotonic() + BigInt(Math.round((milliseconds || 1) * 1e6)), ring });
function watched(set, clear) {
  const setting = (run, milliseconds, ...given) => {
    const timer = set(run, milliseconds, ...given);
    if (isRestored) return timer;
    const ring = () => {
      if (timer._destroyed) return;
      if (set !== realTimers.setInterval) clear(timer);
      run(...given);
    };
    ringIn(milliseconds, ring);
    return timer;
  };
  return Object.defineProperties(setting, Object.getOwnPropertyDescriptors(set));
}
const realTimers = { ...timers };
const realSleep = promises.setTimeout;
const setTimeout = watched(realTimers.setTimeout, realTimers.clearTimeout);
const setInterval = watched(realTimers.setInterval, realTimers.clearInterval);
Object.assign(timers, { setTimeout, setInterval });
Object.assign(globalThis, { setTimeout, setInterval });
promises.setTimeout = (milliseconds, value, options) => {
  if (isRestored) return realSleep(milliseconds, value, options);
  const rung = new Promise((resolve) => ringIn(milliseconds, () => resolve(value)));
  return Promise.race([realSleep(milliseconds, value, options), rung]);
};

const sockets = new Set();
subscribe('net.client.socket', ({ socket }) => {
  if (isRestored) return;
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

syncBuiltinESMExports();

process.on('message', ({ restoredAt }) => {
  if (restoredAt === undefined || isRestored) return;
  isRestored = true;
  const jump = restoredAt - now();
  ahead += jump;
  jumped += jump;
  const carried = { sockets: sockets.size, timers: process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length };
  for (const socket of sockets) socket.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  for (const { due, ring } of waiting) if (due <= monotonic()) setImmediate(ring);
  waiting.clear();
  process.send({ carried });
  // A session may end by being killed, and would not keep what was compiled.
  flushCompileCache();
});
process.channel?.unref();
