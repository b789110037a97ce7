import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtlassianPerson } from '@vera/emulators/saas/atlassian/atlassian-person';
import type { ConfluenceSeed } from '@vera/emulators/saas/confluence/confluence-seed';
import type { JiraSeed } from '@vera/emulators/saas/jira/jira-seed';
import type { PagerDutySeed } from '@vera/emulators/saas/pagerduty/pagerduty-seed';

const demoFolder = join(import.meta.dirname, '../demo');

/** Northwind's data, as it lies in `demo`. */
export const demoSeeds = {
  people: read<AtlassianPerson[]>('atlassian-people'),
  jira: read<JiraSeed>('jira'),
  confluence: read<ConfluenceSeed>('confluence'),
  pagerDuty: read<PagerDutySeed>('pagerduty'),
};

export function demoFile(name: string): string {
  return readFileSync(join(demoFolder, name), 'utf8');
}

function read<Seed>(name: string): Seed {
  return JSON.parse(demoFile(`${name}.seed.json`)) as Seed;
}
