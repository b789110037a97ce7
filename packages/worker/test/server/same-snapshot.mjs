// Preloaded into a worker: what Node itself makes at random, and its clock, are the same in every process, as after a restore from one
// snapshot. https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-v2-optimize.html
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const id = '00000000-0000-4000-8000-000000000000';
const bytes = (length) => Buffer.alloc(length, 7);
Object.assign(crypto, {
  randomUUID: () => id,
  randomBytes: (length, then) => (then ? then(null, bytes(length)) : bytes(length)),
  randomInt: () => 7,
});
globalThis.crypto.randomUUID = () => id;
globalThis.crypto.getRandomValues = (array) => array.fill(7);
Math.random = () => 0.5;
const hour = 3_600_000;
const restored = Math.floor(Date.now() / hour) * hour;
Date.now = () => restored;
syncBuiltinESMExports();
