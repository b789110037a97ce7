// A program of its own, started by `files/child-program.ts` for one file: it is given nothing but the bytes, and may read nothing but itself.
import { buffer } from 'node:stream/consumers';
import type { ReadKind } from './files/file-reading.ts';
import { forbidNetwork } from './files/reader/no-network.ts';
import { readAs } from './files/reader/read-as.ts';

forbidNetwork();
const input = await buffer(process.stdin);
const headEnd = input.indexOf('\n');
const head = JSON.parse(input.toString('utf8', 0, headEnd)) as { kind: ReadKind; name: string };
await readAs({ ...head, bytes: new Uint8Array(input.subarray(headEnd + 1)) }, (line) => void process.stdout.write(`${line}\n`));
