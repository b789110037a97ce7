import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtlassianPerson } from '@vera/saas-stand-in/atlassian/atlassian-site';
import type { ConfluenceSeed } from '@vera/saas-stand-in/confluence/confluence-seed';
import type { JiraSeed } from '@vera/saas-stand-in/jira/jira-seed';
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
  jira: read<JiraSeed>('jira'),
  confluence: read<ConfluenceSeed>('confluence'),
  alerts: read<Alert[]>('alerts'),
  pagerDuty: read<PagerDutySeed>('pagerduty'),
};

export function demoFile(name: string): string {
  return readFileSync(join(demoFolder, name), 'utf8');
}

function read<Seed>(name: string): Seed {
  return JSON.parse(demoFile(`${name}.seed.json`)) as Seed;
}
