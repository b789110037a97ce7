import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../src');
const advice =
  /^(?:(?:ask|attach|call|choose|draw|give|group|leave|look|name|narrow|propose|put|say|search|show|sum|take|try|use)\b)|[:;,] (?:ask|attach|choose|draw|give|group|leave|name|narrow|promise|propose|put|say|search|show|sum|take|try|use)\b|\bthey (?:asked|paused|said)\b/i;

/** What stands on the card of a failed call, as far as it is written in one place. */
function firstSentences(code: string): string[] {
  const refusals = code.matchAll(/(?:new ToolFailure|refuseIf)\(([\s\S]*?)\);$/gm);
  const texts = [...refusals].flatMap(([, given = '']) => [...given.matchAll(/'([^'\n]{12,})'|`([^`]{12,})`/g)]);
  return texts.map(([, plain, filled = '']) => (plain ?? filled).split(/(?<=[.!?])\s/)[0] ?? '');
}

it('the first sentence of each failure is for whoever reads along: it tells the model nothing to do', () => {
  const sentences = globSync('**/*.ts', { cwd: folder }).flatMap((file) => firstSentences(readFileSync(join(folder, file), 'utf8')));
  expect(sentences.length).toBeGreaterThan(60);
  expect(sentences.filter((sentence) => advice.test(sentence))).toEqual([]);
});
