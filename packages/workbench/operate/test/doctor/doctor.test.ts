import type { HealthyParts } from '@vera/aws-stand-in/control-plane/healthy-deployment';
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

const trial = (more: Parameters<typeof variantOf>[1]) => variantOf('trial', more);
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f';

const ownRoles = {
  worker: 'arn:aws:iam::111122223333:role/northwind/vera-worker',
  receiver: 'arn:aws:iam::111122223333:role/vera-receiver',
};

const healthy = {
  ...variants,
  'platform V1': trial({ platform: 'v1' }),
  'an earlier version that was gone back to': trial({ rollBackTo: 3 }),
  'a front': trial({ front: { receiver: 'slack.vera.example', portal: 'vera.example' } }),
  'a portal under a name of the company’s': trial({ portalUrl: 'https://vera.northwind.example/' }),
  'a key of the company’s': trial({ keyArn }),
  'a guardrail of the company’s': trial({ guardrail: { existing: { id: 'companyguard', version: '12' } } }),
  'GitHub’s server': trial({ mcpServers: ['github'] }),
  'AWS’s server': trial({ mcpServers: ['aws'] }),
  'helpers on another model': trial({ model: { id: 'us.anthropic.claude-sonnet-5-5', helpers: { fast: 'us.amazon.nova-lite-v2:0' } } }),
  'logs for a year': trial({ logDays: 365 }),
  'reserved concurrency': trial({ receiver: { timeoutSeconds: 10, reservedConcurrency: 5 } }),
  'other time-outs': trial({ sweeper: { timeoutSeconds: 90 }, authPortal: { timeoutSeconds: 20 } }),
  'roles of the company’s': trial({ roles: ownRoles }),
  'tables that refuse to be deleted': trial({ deletionProtection: true }),
  'a function with room of its own': variantOf('lambda-worker', { worker: { on: 'lambda', reservedConcurrency: 4 } }),
};

const quiet = {
  memory: [trial({ memory: 'off' }), {}],
  'memory, GitHub, Atlassian, and keys of them': [
    trial({ memory: 'off', mcpServers: [] }),
    { parts: ({ keys }: { keys: object }) => ({ keys: { ...keys, ATLAN_API_KEY: 'xxxxxxxx', GITHUB_TOKEN: '' } }) },
  ],
} as const;

describe('pnpm vera doctor, of what is healthy', () => {
  it.each(Object.entries(healthy))('finds nothing at %s', async (_, variant) => {
    const { verdict, examined } = await ward.examine({ variant });
    expect([verdict, notWell(examined)]).toEqual(['well', []]);
  });

  it.each(Object.entries(quiet))('D37 finds nothing of what is off: %s', async (_, [variant, parts]) => {
    const { verdict, examined } = await ward.examine({ variant, ...parts });
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
  /** Everything there is, so that each check concerns it. */
  const all = variantOf('production', {
    mcpServers: ['github'],
    front: { receiver: 'slack.vera.example', portal: 'vera.example' },
    roles: ownRoles,
  });
  const asking = checks.filter(({ rights, part }) => rights.length > 0 && part !== 'session');

  it.each(asking.map((check) => [check.part, check] as const))(
    'D35 %s: who may not look learns which right is missing',
    async (part, check) => {
      const { verdict, examined } = await ward.examine({ variant: all, checks: [check], fault: { kind: 'denied', times: 100 } });
      const findings = examined.flatMap((one) => one.findings);
      expect(findings.map(({ kind }) => kind)).not.toContain('lives');
      expect(verdict).toBe('unseen');
      expect(JSON.stringify(findings)).toMatch(/sign in as who|says AccessDenied|AWS does not let you/);
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

it('D35 of a role of the company’s that is narrower, where AWS makes up a part of a name, it says that it did not look', async () => {
  const variant = trial({ roles: { worker: ownRoles.worker } });
  const narrow = (policy: object) => JSON.parse(JSON.stringify(policy).replace('-??????', '-AbC123')) as object;
  const parts = ({ roles }: HealthyParts) => ({
    roles: Object.fromEntries(Object.entries(roles).map(([arn, role]) => [arn, { ...role, policy: narrow(role.policy) }])),
  });
  const { verdict, examined } = await ward.examine({ variant, parts });
  expect([verdict, notWell(examined).map(([words]) => words)]).toEqual([
    'unseen',
    [
      'vera-worker may be too narrow, where AWS makes up a part of the name: secretsmanager:GetSecretValue on arn:aws:secretsmanager:us-east-1:111122223333:secret:use1-dev-vera-secrets-??????',
    ],
  ]);
});

it('what it asks is what its policy allows', async () => {
  for (const name of Object.keys(variants)) {
    const { asked, policy } = await ward.examine({ variant: variantOf(name) });
    const allowed = policy.Statement.flatMap(({ Action }) => Action);
    expect(asked.filter((action) => !allowed.includes(action))).toEqual([]);
  }
});
