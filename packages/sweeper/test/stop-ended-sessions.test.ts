import type { EndedThreads } from '@vera/ledger/dynamo-ended-threads';
import type { Question } from '@vera/protocol/question';
import { type SessionScope, sessionIdOf } from '@vera/protocol/session-id';
import { AwsError, type AwsPost, type SignedCall } from '@vera/service-kit/signed-calls';
import { describe, expect, it } from 'vitest';
import { createStopSession } from '../src/create-stop-session.ts';
import { stopEndedSessions } from '../src/stop-ended-sessions.ts';
import { startedSweeper } from './started-sweeper.ts';

const stopAfter = 300_000;

/** A sweeper that stops sessions, what it stopped, and a worker's part: taking a question and closing it. */
async function started({ scope = 'thread' as SessionScope, fail = (_: string): boolean => false } = {}) {
  const sweeper = await startedSweeper();
  const stopped: string[] = [];
  const stopSession = async (session: string) => {
    if (fail(session)) throw new AwsError('not now', { name: 'RetryableConflictException', status: 409 });
    stopped.push(session);
  };
  const taken = async (question: Question) => {
    const answer = await sweeper.leases.lease(question, 'worker');
    if (answer.kind !== 'leased') throw new Error(answer.kind);
    return answer.lease;
  };
  return {
    ...sweeper,
    stopped,
    taken,
    async answered(message: Parameters<typeof sweeper.asked>[0] = {}) {
      const question = await sweeper.asked(message);
      await (await taken(question)).close('answered');
      await sweeper.threads.note(question);
      return question;
    },
    look: (threads: EndedThreads = sweeper.threads) =>
      stopEndedSessions({ threads, stopSession, scope, stopAfter, now: sweeper.params.now, log: sweeper.params.log }),
    sessionOf: (question: Question) => sessionIdOf(question, scope),
    [Symbol.asyncDispose]: () => sweeper[Symbol.asyncDispose](),
  };
}

describe('a session in which nothing is left to do', () => {
  it('is stopped once, when all of it has been closed for as long as the settings say', async () => {
    await using sweeper = await started();
    const question = await sweeper.answered();
    sweeper.pass(stopAfter - 1);
    await sweeper.look();
    expect(sweeper.stopped).toEqual([]);
    sweeper.pass(1);
    await sweeper.look();
    await sweeper.look();
    expect(sweeper.stopped).toEqual([sweeper.sessionOf(question)]);
    expect(sweeper.events()).toEqual(['session.stopped']);
  });

  it('lives on while a question of it is open or waits for a person, in whatever thread', async () => {
    await using sweeper = await started({ scope: 'channel' });
    await sweeper.answered();
    const other = await sweeper.asked();
    sweeper.pass(stopAfter);
    await sweeper.look();
    const lease = await sweeper.taken(other);
    await sweeper.look();
    await lease.wait({ kind: 'account', provider: 'github', until: sweeper.params.now() + 900_000 });
    await sweeper.look();
    expect(sweeper.stopped).toEqual([]);
  });

  it('has its time anew with each question that ends in it', async () => {
    await using sweeper = await started({ scope: 'channel' });
    await sweeper.answered();
    sweeper.pass(stopAfter - 1);
    const later = await sweeper.answered();
    sweeper.pass(1);
    await sweeper.look();
    expect(sweeper.stopped).toEqual([]);
    sweeper.pass(stopAfter);
    await sweeper.look();
    expect(sweeper.stopped).toEqual([sweeper.sessionOf(later)]);
  });

  it('is left alone when something ended in it since it was looked at', async () => {
    await using sweeper = await started();
    const question = await sweeper.answered();
    sweeper.pass(stopAfter);
    const { threads } = sweeper;
    await sweeper.look({
      ...threads,
      async look() {
        const seen = await threads.look();
        sweeper.pass(1);
        await threads.note(question);
        return seen;
      },
    });
    expect(sweeper.stopped).toEqual([]);
  });

  it('that cannot be stopped is told of, is left to its idle time, and keeps no other from being stopped', async () => {
    const failing = new Set<string>();
    await using sweeper = await started({ fail: (session) => failing.has(session) });
    const [first, second] = [await sweeper.answered(), await sweeper.answered()];
    failing.add(sweeper.sessionOf(first));
    sweeper.pass(stopAfter);
    await sweeper.look();
    expect(sweeper.stopped).toEqual([sweeper.sessionOf(second)]);
    expect(sweeper.events().toSorted()).toEqual(['session.not-stopped', 'session.stopped']);
  });
});

describe('the call that stops one', () => {
  const runtime = { runtimeArn: 'arn:aws:bedrock-agentcore:us-east-1:1:runtime/vera-0', qualifier: 'trial' };
  const refusing = (name: string) => createStopSession(() => Promise.reject(new AwsError('no', { name })), runtime);

  it('names runtime, endpoint and session', async () => {
    const posts: AwsPost[] = [];
    const call: SignedCall = async (post) => {
      posts.push(post);
      return '';
    };
    await createStopSession(call, runtime)('the-session');
    expect(posts).toMatchObject([
      {
        service: 'bedrock-agentcore',
        path: '/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A1%3Aruntime%2Fvera-0/stopruntimesession',
        query: { qualifier: 'trial' },
        headers: { 'x-amzn-bedrock-agentcore-runtime-session-id': 'the-session' },
      },
    ]);
  });

  it('takes one that is gone for stopped, and passes on everything else', async () => {
    await expect(refusing('ResourceNotFoundException')('it')).resolves.toBeUndefined();
    await expect(refusing('RetryableConflictException')('it')).rejects.toThrow('no');
  });
});
