import type { PersonAccounts } from '@vera/worker/person-accounts';
import { NoAnswer, type SimulatedProcess } from '../simulated-process.ts';

/** Everything that was changed in the other system: what for, in the order done. */
export type Effects = string[];

/** Everybody has an account in one system, in which one thing can be changed. */
export function fakeAccounts(process: SimulatedProcess, effects: Effects): PersonAccounts {
  return {
    accessTokenOf: async () => ({ kind: 'token', token: 'token', accountId: 'ann', sites: [] }),
    approvers: [],
    sendLink: async () => undefined,
    bringBack: async () => undefined,
    tools: [
      {
        kind: 'write',
        name: 'create_issue',
        description: 'Creates an issue',
        inputSchema: { type: 'object' },
        title: 'Preparing an issue',
        provider: 'atlassian',
        recovery: { kind: 'unknown' },
        propose: async (input) => {
          const { name } = input as { readonly name: string };
          await process.call('issues look', () => undefined);
          return { title: `Create ${name}`, system: 'Jira', changes: [{ field: 'Summary', after: name }], args: { name } };
        },
        perform: async ({ name }) => {
          await process
            .call('issues create', () => effects.push(String(name)))
            .catch((error: unknown) => {
              throw error instanceof NoAnswer ? new Error('Nobody knows what was done') : error;
            });
          return { text: 'Created.' };
        },
      },
    ],
  };
}
