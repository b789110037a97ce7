import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtlassianPerson } from '@vera/saas-stand-in/atlassian/atlassian-site';
import type { ConfluenceSeed } from '@vera/saas-stand-in/confluence/confluence-seed';
import type { JiraSeed } from '@vera/saas-stand-in/jira/jira-seed';
import { pastIssues } from '@vera/saas-stand-in/jira/past-issues';
import type { PagerDutySeed } from '@vera/saas-stand-in/pagerduty/pagerduty-seed';
import type { PersonMessage } from '@vera/slack-stand-in/contract';

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

export function demoFile(name: string): string {
  return readFileSync(join(demoFolder, name), 'utf8');
}

function read<Seed>(name: string): Seed {
  return JSON.parse(demoFile(`${name}.seed.json`)) as Seed;
}
