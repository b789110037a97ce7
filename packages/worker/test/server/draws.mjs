// The main of a process: tells what it drew, each way in its own list.
import crypto, { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { drawFromKernel } from '@vera/service-kit/kernel-random';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const eight = () => new Uint8Array(8);
const isKernel = process.argv[2] === 'kernel';
if (isKernel) drawFromKernel();
const ids = [randomUUID(), crypto.randomUUID(), globalThis.crypto.randomUUID(), randomUUID({ disableEntropyCache: true })];
// What stands in for an equal Node knows no callbacks.
const others = async () => ({
  bytes: [randomBytes(8), getRandomValues(eight()), crypto.webcrypto.getRandomValues(eight()), await promisify(randomBytes)(8)].map(hex),
  filled: [randomFillSync(eight()), await promisify(randomFill)(eight())].map(hex),
  parts: [
    ...randomFillSync(new Uint8Array(6), 2, 3),
    ...new Uint8Array(randomFillSync(new Uint16Array(3), 1, 1).buffer),
    randomFillSync(new DataView(new ArrayBuffer(4)), 1).getUint8(0),
  ],
  numbers: [Math.random(), randomInt(2 ** 47), randomInt(2 ** 40, 2 ** 47), await promisify(randomInt)(2 ** 47)],
  small: Array.from({ length: 200 }, () => randomInt(3, 6)),
});
process.stdout.write(JSON.stringify({ ids, ...(isKernel ? await others() : {}) }));
