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

/** Pay and a person, either before the other, or a question of what somebody gets; nothing of "paid with the salary", or of one's own. */
const earnings = new RegExp(
  [
    String.raw`\b(?:salar(?:y|ies)|pay ?che(?:ck|que)s?|wages?|(?:pay|salary) (?:rise|raise|grade|band)s?|bonus(?:es)?|compensation|income) (?:of|for)\b`,
    String.raw`\b\p{L}+[’'](?:s)? (?:\p{L}+ )?(?:salar(?:y|ies)|pay|pay ?che(?:ck|que)s?|wages?|bonus(?:es)?|compensation|income|earnings)\b`,
    String.raw`\b(?:his|her|their|everybody[’']s) (?:\p{L}+ )?(?:salar(?:y|ies)|pay|pay ?che(?:ck|que)s?|wages?|bonus(?:es)?|compensation|income|earnings)\b`,
    String.raw`\b(?:what|which|how (?:much|high|big|large))\b.{0,20}\b(?:salar(?:y|ies)|pay ?che(?:ck|que)|wages?|bonus|compensation|income)\b.{0,10}\b(?:do|does|did|is|has|have|will)\b(?! (?:i|we)\b)`,
    String.raw`\bwhat (?:do|does|did) (?!(?:i|we|it|this|that)\b).{1,40} (?:earn|make (?:a|per) (?:year|month))\b`,
    String.raw`\bhow much (?:money )?(?:do|does|did|is|are) (?!(?:i|we|it|this|that)\b).{1,40} (?:earn|paid|make(?= *(?:$|[?.!,]|(?:a|per|every) )))(?!\p{L})`,
  ].join('|'),
  'iu',
);

/** The company's content rules, as one would write them into the settings: one topic is nobody's business, and card numbers are masked. */
export const demoGuardrail: Guardrail = {
  id: names.guardrailId,
  version: names.guardrailVersion,
  topics: [
    {
      name: 'Salaries of colleagues',
      about: earnings,
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
