// `pnpm check-variants [NAME…]`: synthesises each variant of the settings, runs real Terraform over its stacks, and keeps what came of it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandLine } from '@vera/stacks/command-line';
import { isWhole, type Row, rowOf, variantsDocument } from './variants/variants-document.ts';

const help = `Usage: pnpm check-variants [NAME…]

Needs what scripts/terraform-check.ts needs, and some three minutes a variant. Writes the table of docs/variants.md when all went well.
The variants are the lines of stacks/variants/variants.ts.

  --out FILE   the document (docs/variants.md)`;

const options = { out: { type: 'string', default: 'docs/variants.md' } } as const;
const { values, positionals } = readCommandLine({ help, options, words: Number.POSITIVE_INFINITY });

process.exitCode = await checkVariants(values.out, positionals);

async function checkVariants(document: string, wanted: readonly string[]): Promise<number> {
  const variants = JSON.parse(inStacks([])) as Record<string, string>;
  const names = Object.keys(variants);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) return refuse(`no variant ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  const isThere = spawnSync(process.execPath, ['scripts/terraform-check.ts', '--is-there'], { stdio: 'inherit' }).status === 0;
  if (!isThere) return refuse('nothing could be checked here, so nothing was written.');
  const rows: Row[] = [];
  for (const name of wanted.length > 0 ? wanted : names) rows.push(await check(name, variants[name] ?? ''));
  const failed = rows.filter((row) => !isWhole(row));
  console.table(rows.map(({ about, ...row }) => row));
  if (failed.length > 0) return refuse(`not every stack passed every step: ${failed.map(({ name }) => name).join(', ')}.`);
  const old = existsSync(document) ? readFileSync(document, 'utf8') : '';
  writeFileSync(document, variantsDocument(old, rows, names));
  console.log(`Written: ${document}. Commit it.`);
  return 0;
}

async function check(name: string, about: string): Promise<Row> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'variant-'));
  console.log(`── ${name}: ${about}`);
  inStacks([name, folder.path]);
  const running = spawn(process.execPath, ['scripts/terraform-check.ts', '--out', folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    said += text;
  });
  await once(running, 'close');
  return rowOf(name, about, readdirSync(join(folder.path, 'stacks')), said);
}

function inStacks(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['stacks/variants/main.ts', ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function refuse(why: string): number {
  console.error(`check-variants: ${why}`);
  return 1;
}
