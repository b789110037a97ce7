import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { marker } from '../src/review/review-plans.ts';
import { planJson } from './plan-json.ts';

const script = join(import.meta.dirname, '..', 'src', 'main.ts');
const table = { name: 'vera-ledger' };
const loss = JSON.stringify(planJson([{ type: 'aws_dynamodb_table', actions: ['delete'], before: table }]));
const calm = JSON.stringify(planJson([{ type: 'aws_dynamodb_table', actions: ['no-op'], before: table, after: table }]));

function run(files: Readonly<Record<string, string>>, ...words: string[]) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-plans-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { cwd: folder.path, encoding: 'utf8' });
  const written = words.includes('--out') && status !== 1 ? readFileSync(join(folder.path, 'comment.md'), 'utf8') : '';
  return { status, stdout, stderr, written };
}

it('writes the comment on a folder of plans to standard output', () => {
  const { status, stdout, stderr } = run({ 'plans/worker.json': calm, 'plans/storage.json': calm }, 'plans');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(`${marker}\n## Terraform plan: nothing changes\n\nNo changes: storage and worker.\n`);
});

it('B39-wrapper: what a wrapper around Terraform printed into the file is told by the file’s name, not its text', () => {
  const wrapped = readFileSync(join(import.meta.dirname, 'cases', 'B39-wrapper.json.txt'), 'utf8');
  const { status, stderr } = run({ 'plans/storage.json': wrapped }, 'plans');
  expect(status).toBe(1);
  expect(stderr).toContain('storage.json');
  expect(stderr).not.toMatch(/\n\s+at |terraform-bin/);
});

it('writes it to a file and says the verdict', () => {
  const { status, stdout, written } = run(
    { 'storage.json': calm, 'worker.json': calm },
    'storage.json',
    'worker.json',
    '--out',
    'comment.md',
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'nothing changes\n' });
  expect(written).toContain('No changes: storage and worker.');
});

it('ends with 2 when data would be lost, and still writes the comment', () => {
  const { status, stderr, written } = run({ 'plans/storage.json': loss }, 'plans', '--out', 'comment.md');
  expect(status).toBe(2);
  expect(stderr).toContain('put the label allow-data-loss on the pull request');
  expect(written).toContain('> [!CAUTION]');
});

it('ends with 4 where somebody changed something outside Terraform, if it is asked for', () => {
  const changed = { address: 'aws_sns_topic.a', type: 'aws_sns_topic', name: 'a', mode: 'managed' };
  const change = {
    actions: ['update'],
    before: { name: 'a' },
    after: { name: 'b' },
    before_sensitive: {},
    after_sensitive: {},
    after_unknown: {},
  };
  const drifted = JSON.stringify({ ...JSON.parse(calm), resource_drift: [{ ...changed, change }] });
  expect(run({ 'plans/a.json': drifted }, 'plans', '--for', 'drift')).toMatchObject({
    status: 4,
    stdout: expect.stringContaining('Changed by somebody outside Terraform'),
  });
  expect(run({ 'plans/a.json': drifted }, 'plans').status).toBe(0);
  expect(run({ 'plans/a.json': calm }, 'plans', '--for', 'drift').status).toBe(0);
});

it('tells who deploys how the loss of data is allowed', () => {
  const { status, stdout, stderr } = run({ 'plans/storage.json': loss }, 'plans', '--for', 'deployment');
  expect(status).toBe(2);
  expect(stderr + stdout).toContain('start the workflow by hand with');
  expect(stderr + stdout).not.toContain('pull request');
});

it('ends with 0 when that is allowed', () => {
  const { status, stdout } = run({ 'plans/storage.json': loss }, 'plans', '--allow-data-loss');
  expect(status).toBe(0);
  expect(stdout).toContain('> [!CAUTION]');
});

it('names the stacks that should have a plan, and tells the others in the order of deployment', () => {
  const stacks = { invoker: { dependencies: ['worker'] }, worker: { dependencies: ['storage'] }, storage: { dependencies: [] } };
  const files = { 'plans/storage.json': loss, 'plans/invoker.json': loss, 'manifest.json': JSON.stringify({ stacks }) };
  const { stdout } = run(files, 'plans', '--manifest', 'manifest.json');
  expect(stdout).toContain('**Not planned:** worker.');
  expect(stdout.match(/^### \w+/gm)).toEqual(['### storage', '### invoker']);
  expect(run(files, 'plans').stdout.match(/^### \w+/gm)).toEqual(['### invoker', '### storage']);
});

it('reviews what there is when a stack could not be planned, tells why, and ends with 3', () => {
  const failed = { 'plans/worker.error.txt': 'Error: no such role\n  api_key = "horse-battery-7"', 'plans/storage.json': calm };
  const { status, stdout, stderr } = run(failed, 'plans');
  expect({ status, stderr }).toEqual({ status: 3, stderr: 'Not planned: worker. The comment says why.\n' });
  expect(stdout).toContain('**Terraform could not plan worker.**');
  expect(stdout).toContain('No changes: storage.');
  expect(stdout).not.toContain('horse-battery');
  const broken = run({ 'plans/worker.json': '{"format_version":', 'plans/storage.json': loss }, 'plans');
  expect(broken.status).toBe(2);
  expect(broken.stdout).toMatch(/could not plan worker.*worker\.json is not JSON.*### storage/s);
  expect(run({ 'plans/worker.error.txt': 'Error: x' }, 'plans').status).toBe(3);
});

it('shows no secret that another stack’s plan marks', () => {
  const secret = 'horse-battery-staple-7';
  const change = { after_sensitive: { a: true } };
  const marked = planJson([{ type: 'aws_x', actions: ['update'], before: { a: 'x' }, after: { a: secret }, change }]);
  const told = planJson([{ type: 'aws_sqs_queue', actions: ['update'], before: { note: 'x' }, after: { note: `see ${secret}` } }]);
  const files = { 'plans/a.json': JSON.stringify(told), 'plans/b.json': JSON.stringify(marked), 'plans/c.error.txt': `Error: ${secret}` };
  const { stdout } = run(files, 'plans');
  expect(stdout).toContain('`note`: sensitive, not shown');
  expect(stdout).not.toContain(secret);
});

it('appends to the summary what the comment has no room for, and refers to it', () => {
  const queues = Array.from({ length: 300 }, (_, index) => ({
    ...{ type: 'aws_sqs_queue', name: `q${index}`, actions: ['update'] },
    ...{ before: { name: `q-${index}`, delay_seconds: 0 }, after: { name: `q-${index}`, delay_seconds: index + 1 } },
  }));
  const files = { 'plans/storage.json': JSON.stringify(planJson(queues)), 'summary.md': 'before\n' };
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vera-summary-'));
  const summary = join(folder.path, 'summary.md');
  writeFileSync(summary, 'before\n');
  const { status, stdout } = run(files, 'plans', '--summary', summary);
  expect(status).toBe(0);
  expect(stdout).toContain('lines more, which the summary of the run shows');
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n<!-- vera-plan-review -->.*`q-299`/s);
});

it('reads what PowerShell writes at the beginning of a file', () => {
  expect(run({ 'plans/storage.json': `\uFEFF${calm}` }, 'plans').status).toBe(0);
});

const state = JSON.stringify({ format_version: '1.0', values: { root_module: {} } });

it.each<[string, Readonly<Record<string, string>>, string[], RegExp]>([
  ['no plan', {}, [], /Name a plan, or a folder of plans/],
  ['a missing folder', {}, ['plans'], /There is no plans\. Make it with: terraform show -json PLAN > plans\/STACK\.json/],
  ['an empty folder', { 'plans/readme.txt': '' }, ['plans'], /plans holds no \.json file/],
  ['broken JSON', { 'a.json': '{"format_version":' }, ['a.json'], /a\.json is not JSON .*Did `terraform show -json` fail/],
  ['an empty file', { 'a.json': '' }, ['a.json'], /a\.json is not JSON/],
  ['a list', { 'a.json': '[]' }, ['a.json'], /a\.json holds no plan/],
  ['a state', { 'a.json': state }, ['a.json'], /a\.json holds a state, not a plan/],
  ['a plan of another age', { 'a.json': '{"format_version":"2.0"}' }, ['a.json'], /format_version "2\.0"; this review reads 1\.x/],
  ['no version', { 'a.json': '{}' }, ['a.json'], /format_version nothing; this review reads 1\.x/],
  ['two plans of one name', { 'a/x.json': calm, 'b/x.json': calm }, ['a', 'b'], /Two plans are called x\.json/],
  ['an unknown option', {}, ['--allow-data-los'], /--allow-data-los/],
  ['a missing manifest', { 'a.json': calm }, ['a.json', '--manifest', 'x.json'], /x\.json cannot be read\. It is what `pnpm synth` writes/],
  ['another manifest', { 'a.json': calm, 'x.json': '{}' }, ['a.json', '--manifest', 'x.json'], /x\.json names no stacks/],
  ['a place it cannot write to', { 'a.json': calm }, ['a.json', '--out', 'missing/comment.md'], /missing\/comment\.md/],
])('ends with 1 and says what to do about %s', (_, files, words, message) => {
  const { status, stdout, stderr } = run(files, ...words);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/--help/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

it('does not quote a broken file, which may hold secrets', () => {
  for (const text of ['{"password":"correct-horse', `{"a":"${'x'.repeat(100)}","b":correct-horse,"c":"${'x'.repeat(100)}"}`]) {
    const { status, stderr } = run({ 'a.json': text }, 'a.json');
    expect(status).toBe(1);
    expect(stderr).not.toContain('correct');
  }
});

it('explains itself', () => {
  const { status, stdout } = run({}, '--help');
  expect(status).toBe(0);
  for (const word of ['--out', '--manifest', '--allow-data-loss', 'allow-data-loss', 'terraform show -json'])
    expect(stdout).toContain(word);
});
