import { describe, expect, it } from 'vitest';
import { callPatiently } from '../src/create-invoker.ts';

const named = (name: string) => Object.assign(new Error(name), { name });

/** A call that fails with these errors in turn and succeeds then. */
function failing(...names: string[]) {
  let tries = 0;
  const call = async () => {
    const name = names[tries];
    tries += 1;
    if (name !== undefined) throw named(name);
    return tries;
  };
  return { call, tries: () => tries };
}

describe('calling a session that is not ready', () => {
  it('is repeated while AgentCore says "not yet"', async () => {
    const refusals = ['RetryableConflictException', 'ThrottlingException', 'ServiceQuotaExceededException'];
    const told: string[] = [];
    expect(await callPatiently(failing(...refusals).call, (reason) => told.push(reason))).toBe(4);
    expect(told).toEqual(['RetryableConflictException']);
  });

  it.each(['RuntimeClientError', 'TimeoutError', 'AccessDeniedException', 'ResourceNotFoundException', 'ConflictException'])(
    'ends at once with %s, after which the worker may have taken the question',
    async (name) => {
      const { call, tries } = failing(name);
      await expect(callPatiently(call, () => undefined)).rejects.toMatchObject({ name });
      expect(tries()).toBe(1);
    },
  );
});
