import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { company, lambda, trial } from '../example-settings.ts';
import { synthesise } from '../synthesised.ts';
import { deployedMetricsOf } from './deployed-metrics.ts';

const page = readFileSync(new URL('../../../docs/operate.md', import.meta.url), 'utf8');
const [, runbook = ''] = /^### Runbook$(.*?)^## /ms.exec(page) ?? [];
const sections = new Map([...runbook.matchAll(/^#### (.+)$([^#]*)/gm)].map(([, name = '', text = '']) => [name, text]));
const alarms = ([[trial], [lambda], [company, 'production']] as const).flatMap(
  ([settings, environment]) => deployedMetricsOf(synthesise(settings, environment).stacks).alarms,
);
const linkOf = (says: string) => /Runbook: docs\/operate\.md#([a-z-]+)$/.exec(says)?.[1] ?? '';

describe('the runbook', () => {
  it('has a section for each alarm, which its e-mail names, and an alarm for each section', () => {
    expect([...new Set(alarms.map(({ says }) => linkOf(says)))].sort()).toEqual([...sections.keys()].sort());
    for (const { name, says } of alarms) expect(name, says).toContain(linkOf(says));
  });

  it.each([...sections])('says of %s what it means, how it is seen, what to do and when it is over', (_, text) => {
    expect(text).toMatch(/^\n\n\p{Lu}.{20,}\.\n\n- \*\*See\*\*: .{10,}\n- \*\*Do\*\*: .{8,}\n- \*\*Over\*\* when .{5,}\.\n/u);
  });
});
