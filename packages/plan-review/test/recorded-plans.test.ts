import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPlans } from '../src/plan/read-plans.ts';
import { reviewPlans } from '../src/review/review-plans.ts';
import { trimmedPlan } from './trimmed-plan.ts';

/** Real plans of small stacks, and those called `then-…` of ours, made by Terraform 1.11 and the AWS provider; beside each the comment that it gets. */
const folder = join(import.meta.dirname, 'plans');
const cases = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const reviewed = (name: string) => reviewPlans(readPlans([join(folder, name)]).plans, { isLossAllowed: false, expected: [] });
const renew = 'look at the difference; if it is meant, renew the comments with: npx --yes pnpm@12.21.0 test packages/plan-review -u';

it.each(cases)('writes this comment on the recorded plans: %s', async (name) => {
  const { comment } = reviewed(name);
  await expect(comment, renew).toMatchFileSnapshot(join(folder, `${name}.md`));
});

const losing = ['destroy', 'table-replacement', 'then-key', 'then-table'];

it.each(losing)('fails for the loss of data: %s', (name) => {
  expect(reviewed(name).losesData).toBe(true);
});

it.each(cases.filter((name) => !losing.includes(name)))('does not fail: %s', (name) => {
  expect(reviewed(name).losesData).toBe(false);
});

it('has recorded what a reviewer meets', () => {
  expect(cases).toEqual([
    'destroy',
    'first-deployment',
    'iam-widening',
    'image-change',
    'no-change',
    'protection-off',
    'table-replacement',
    'then-alarm',
    'then-front',
    'then-guardrail',
    'then-iam',
    'then-image',
    'then-key',
    'then-retention',
    'then-table',
  ]);
});

it.each(cases.flatMap((name) => readdirSync(join(folder, name)).map((file) => join(name, file))))('keeps %s small', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(trimmedPlan(JSON.parse(text)), 'trim it: trimmed-plan.ts says how').toEqual(JSON.parse(text));
});

it('shows none of the recorded secrets', () => {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(?:md|json)$/.test(path));
  const holding = texts.filter((path) => readFileSync(join(folder, path), 'utf8').includes('recorded-secret'));
  expect(holding.length).toBeGreaterThan(0);
  expect(holding.filter((path) => path.endsWith('.md'))).toEqual([]);
});
