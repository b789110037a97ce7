import type { PersonAccounts } from '@vera/worker/person-accounts';
import { NoAnswer, type SimulatedProcess } from '../simulated-process.ts';

/** What was changed in the other system for a question, by its name, and what that takes into account. */
export interface Effect {
  readonly name: string;
  readonly told: readonly string[];
}

/** Everybody has an account in one system, in which one thing can be changed. */
export function fakeAccounts(process: SimulatedProcess, done: (effect: Effect) => void): PersonAccounts {
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
          const { name, told } = input as Effect;
          await process.call('issues look', () => undefined);
          return { title: `Create ${name}`, system: 'Jira', changes: [{ field: 'Summary', after: name }], args: { name, told } };
        },
        perform: async (args) => {
          await process
            .call('issues create', () => done(args as unknown as Effect))
            .catch((error: unknown) => {
              throw error instanceof NoAnswer ? new Error('Nobody knows what was done') : error;
            });
          return { text: 'Created.' };
        },
      },
    ],
  };
}
