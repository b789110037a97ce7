import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');

it('imports only from the folders that the README names before its own', () => {
  const readme = readFileSync(join(source, '..', 'README.md'), 'utf8');
  const layers = [...readme.matchAll(/`src\/([a-z]+)`/g)].map(([, folder]) => folder);
  expect(layers.toSorted()).toEqual(
    readdirSync(source, { withFileTypes: true })
      .flatMap((one) => (one.isDirectory() ? [one.name] : []))
      .sort(),
  );
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /\/.*\.ts$/.test(path))) {
    const folder = file.split('/')[0] ?? '';
    const imported = [...readFileSync(join(source, file), 'utf8').matchAll(/from '\.\.\/([a-z]+)\//g)].map(([, other = '']) => other);
    for (const other of imported) expect(layers.indexOf(other), `${file} imports of ${other}`).toBeLessThan(layers.indexOf(folder));
  }
});
