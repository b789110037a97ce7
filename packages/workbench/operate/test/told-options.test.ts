import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../src/commands.ts';

const document = readFileSync(new URL('../../../../docs/operate.md', import.meta.url), 'utf8');
const [, local = '', more = ''] =
  /credentials\. ([^.]*?) look with `--local`[^.]*?the others have no `--local`\. These ten and ([^.]*?) give `--json`/s.exec(document) ??
  [];
const namesIn = (words: string) => [...words.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name);
const thatTake = (option: string) =>
  Object.entries(commands).flatMap(([name, { usage, help }]) => ([...usage, help].join('\n').includes(option) ? [name] : []));

it('docs/operate.md names the commands that have --local and --json, and no other', () => {
  expect(namesIn(local)).toHaveLength(10);
  expect(namesIn(local).sort()).toEqual(thatTake('--local').sort());
  expect([...namesIn(local), ...namesIn(more)].sort()).toEqual(thatTake('--json').sort());
});
