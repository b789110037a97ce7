import { testWorkspace } from '@vera/page/test/test-workspace';
import { demoSeeds } from '../../src/demo-seeds.ts';
import type { ToolSeeds } from '../../src/start-tools.ts';

/** The demo company's systems, in which the people of the test workspace have accounts, too. */
export function testTools(options: Pick<ToolSeeds, 'authorizer' | 'tokenSeconds' | 'aws'> = {}): ToolSeeds {
  const colleagues = testWorkspace.users.filter(({ botId, teamId }) => botId === undefined && teamId === undefined);
  const people = colleagues.map(({ id, name, realName }) => ({
    accountId: `712020:${id.toLowerCase()}`,
    handle: name,
    name: realName,
    email: `${name}@test.example`,
    timeZone: 'Europe/Dublin',
  }));
  return { ...demoSeeds, people: [...demoSeeds.people, ...people], ...options };
}
