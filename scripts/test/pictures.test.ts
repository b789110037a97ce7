import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('the README shows a sourced answer and an approval card; they and the picture of a trace are small enough to load at once', async () => {
  const readme = await readFile(`${root}README.md`, 'utf8');
  const shown = [...readme.matchAll(/^!\[[^\]]{20,}\]\((\S+)\)$/gm)].map(([, path]) => path);
  expect(shown).toEqual(['docs/pictures/sourced-answer.png', 'docs/pictures/approval-card.png']);
  for (const path of [...shown, 'docs/pictures/waterfall.png']) expect((await stat(root + path)).size).toBeLessThan(300_000);
});
