import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Guardrail } from '@vera/bedrock-stand-in/guardrail/guardrail';
import type { AtlassianPerson } from '@vera/saas-stand-in/atlassian/atlassian-site';
import type { ConfluenceSeed } from '@vera/saas-stand-in/confluence/confluence-seed';
import type { JiraSeed } from '@vera/saas-stand-in/jira/jira-seed';
import { pastIssues } from '@vera/saas-stand-in/jira/past-issues';
import type { PagerDutySeed } from '@vera/saas-stand-in/pagerduty/pagerduty-seed';
import type { PersonMessage } from '@vera/slack-stand-in/contract';
import { names } from './names.ts';

/** What an app has to say, and what people said to it. */
interface Alert extends PersonMessage {
  readonly replies?: readonly Pick<PersonMessage, 'user' | 'text'>[];
}

const demoFolder = join(import.meta.dirname, '../demo');

/** Its knowledge base: a folder of Markdown. */
export const demoDocuments = join(demoFolder, 'documents');

/** Northwind's data, as it lies in `demo`. */
export const demoSeeds = {
  people: read<AtlassianPerson[]>('atlassian-people'),
  jira: withPast(read<JiraSeed>('jira')),
  confluence: read<ConfluenceSeed>('confluence'),
  alerts: read<Alert[]>('alerts'),
  pagerDuty: read<PagerDutySeed>('pagerduty'),
};

/** Years of closed tickets before those that the story tells of: the board of Payments has a thousand. */
function withPast(jira: JiraSeed): JiraSeed {
  const told = jira.issues.filter(({ key }) => key.startsWith('PAY-')).length;
  const components = jira.projects.find(({ key }) => key === 'PAY')?.components ?? [];
  const past = { project: 'PAY', count: 1_000 - told, people: ['maya', 'ravi', 'elena'], components, until: '2026-02-27T09:00' };
  return { ...jira, issues: [...pastIssues(past), ...jira.issues] };
}

/** The company's content rules, as one would write them into the settings: one topic is nobody's business, and card numbers are masked. */
export const demoGuardrail: Guardrail = {
  id: names.guardrailId,
  version: names.guardrailVersion,
  topics: [
    {
      name: 'Salaries of colleagues',
      about:
        /\b(?:salar(?:y|ies)|pay ?check|wages?) (?:of|for)\b|\b\p{L}+[’']s (?:salary|pay ?check|wages?)\b|\bwhat (?:do|does) .{1,40} (?:earn|make a year)\b/iu,
    },
  ],
  personal: [{ type: 'CREDIT_DEBIT_CARD_NUMBER', form: /\b\d{4}(?:[ -]?\d{4}){3}\b/, action: 'ANONYMIZED' }],
  blockedInput: 'I cannot help with this: the company’s guardrail stopped the question. Please ask it in other words.',
  blockedOutput: 'I had an answer, but the company’s guardrail stopped it. Please ask for something narrower.',
};

export function demoFile(name: string): string {
  return readFileSync(join(demoFolder, name), 'utf8');
}

function read<Seed>(name: string): Seed {
  return JSON.parse(demoFile(`${name}.seed.json`)) as Seed;
}
