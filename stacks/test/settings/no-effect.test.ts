import { expect, it } from 'vitest';
import { parseSettings } from '../../settings/settings.ts';
import { leastSettings } from '../synthesised.ts';

const server = { name: 'other', url: 'https://h.example/mcp', reads: 'annotated' };

it.each<[string, object, string]>([
  ['a size that AgentCore does not have', { worker: { memoryMegabytes: 4096 } }, 'worker.memoryMegabytes: AgentCore has no such'],
  ['a server called like all the others together', { mcpServers: [server] }, 'mcpServers.0.name: other'],
  ...['AdministratorAccess', 'ReadOnlyAccess', 'job-function/SystemAdministrator'].map((policy): [string, object, string] => [
    `a ceiling that is AWS’s ${policy}`,
    { permissionsBoundary: `arn:aws:iam::aws:policy/${policy}` },
    'permissionsBoundary: this policy of AWS’s lets everything through',
  ]),
])('refuses what would be of no effect: %s', (_, given, fault) => {
  expect(() => parseSettings('trial', { ...leastSettings, ...given })).toThrow(fault);
});

it('takes a size of the worker on Lambda', () => {
  expect(parseSettings('trial', { ...leastSettings, worker: { on: 'lambda', memoryMegabytes: 4096 } }).worker.memoryMegabytes).toBe(4096);
});
