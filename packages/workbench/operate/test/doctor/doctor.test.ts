import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/check/finding.ts';
import { checks } from '../../src/doctor/checks.ts';
import type { Examined } from '../../src/doctor/examine.ts';
import { findingsAsJson, tellFindings } from '../../src/doctor/tell-findings.ts';
import { openWard, type Ward } from './examined.ts';
import { plantedFaults } from './planted-faults.ts';
import { variantOf, variants } from './settings-of-variants.ts';

let ward: Ward;
beforeAll(async () => {
  ward = await openWard();
});
afterAll(() => ward?.[Symbol.asyncDispose]());

const notWell = (examined: readonly Examined[]) =>
  examined
    .flatMap(({ findings }) => findings)
    .flatMap((finding: Finding) => (finding.kind === 'lives' ? [] : [[finding.words, finding.remedy]]));

describe('pnpm vera doctor, of what is healthy', () => {
  it.each(Object.keys(variants))('finds nothing at %s', async (name) => {
    const { verdict, examined } = await ward.examine({ variant: variantOf(name) });
    expect([verdict, notWell(examined)]).toEqual(['well', []]);
  });
});

describe('pnpm vera doctor, of what was made ill', () => {
  it('names each cause, and what helps, in the words of planted-faults.md', async () => {
    const rows: string[] = [];
    for (const [name, { variant = variantOf('trial'), ...fault }] of Object.entries(plantedFaults)) {
      const { verdict, examined } = await ward.examine({ variant, ...fault });
      expect([name, verdict]).toEqual([name, 'ails']);
      rows.push(...notWell(examined).map(([words, remedy], index) => `| ${index === 0 ? name : ''} | ${words} | ${remedy} |`));
    }
    const head = ['| planted | what doctor says | remedy |', '|---|---|---|'];
    await expect([...head, ...rows, ''].join('\n')).toMatchFileSnapshot('planted-faults.md');
  }, 60_000);
});

describe('D35 pnpm vera doctor, of what could not be looked at', () => {
  const variant = variantOf('trial');

  it.each(checks.map((check) => [check.part, check] as const))(
    'D35 %s: who may not look learns which right is missing',
    async (part, check) => {
      const { verdict, examined } = await ward.examine({ variant, checks: [check], fault: { kind: 'denied', times: 100 } });
      const findings = examined.flatMap((one) => one.findings);
      expect(findings.map(({ kind }) => kind)).not.toContain('lives');
      expect(verdict).toBe('unseen');
      expect(JSON.stringify(findings)).toMatch(/sign in as who/);
      expect(findings[0]?.part).toBe(part);
    },
  );

  it('D35 a check that is late, one that throws and one that says nothing are not well, and all of it is the worst of them', async () => {
    const one = { part: 'one', asks: '', rights: [], concerns: () => true };
    const late = { ...one, look: () => new Promise<never>(() => {}) };
    const throws = { ...one, look: async () => Promise.reject(new TypeError('with a secret in it')) };
    const silent = { ...one, look: async () => [] };
    const lives = { ...one, look: async () => [{ part: 'one', kind: 'lives', words: 'fine' } as const] };
    const { verdict, examined } = await ward.examine({ variant, checks: [lives, late, throws, silent], milliseconds: 50 });
    expect(verdict).toBe('unseen');
    expect(notWell(examined).map(([words]) => words)).toEqual([
      'could not be checked: no answer within 0.05 s',
      'could not be checked: TypeError',
      'could not be checked: nothing was looked at',
    ]);
    expect((JSON.parse(findingsAsJson(examined, verdict)) as { verdict: string }).verdict).toBe('unseen');
    expect(tellFindings(examined, verdict)).not.toContain('with a secret in it');
    const ails = { ...one, look: async () => [{ part: 'one', kind: 'ails', words: 'x', remedy: 'y' } as const] };
    expect((await ward.examine({ variant, checks: [ails, late], milliseconds: 50 })).verdict).toBe('ails');
    expect((await ward.examine({ variant, checks: [] })).verdict).toBe('unseen');
  });
});

it('what it asks is what its policy allows', async () => {
  for (const name of Object.keys(variants)) {
    const { asked, policy } = await ward.examine({ variant: variantOf(name) });
    const allowed = policy.Statement.flatMap(({ Action }) => Action);
    expect(asked.filter((action) => !allowed.includes(action))).toEqual([]);
  }
});
