import { trace as api, context } from '@opentelemetry/api';
import { beginTrace } from '@vera/protocol/trace';
import { systemClock } from '@vera/service-kit/clock';
import { createLog } from '@vera/service-kit/log';
import type { StoryEnd } from '../../src/questions/story.ts';
import { createTracing } from '../../src/tracing/create-tracing.ts';
import { traceparentNow } from '../../src/tracing/in-span.ts';
import type { Told } from '../../src/tracing/span.ts';
import type { SpanShelfParams } from '../../src/tracing/span-shelf.ts';

interface Options {
  readonly send?: SpanShelfParams['send'];
  readonly pause?: SpanShelfParams['pause'];
  readonly isSampled?: boolean;
}

const [traceId, root] = ['0123456789abcdef0123456789abcdef', '0123456789abcdef'];
const question = {
  ...({
    kind: 'question',
    id: 'q-0123456789abcdef',
    teamId: 'T01',
    channelId: 'C01',
    threadTs: '1.000001',
    messageTs: '1.000001',
  } as const),
  ...{ userId: 'U01', userTeamId: 'T01', botUserId: 'U0VERA', text: '', files: [], isDirect: false, isExternal: false },
};

/** Traces of one question, as this process would send them. Only the clock of what is put off stands still: nothing leaves unless it is flushed. */
export function startedTracing({ send, pause = () => new Promise(() => undefined), isSampled = true }: Options = {}) {
  const sent: Told[] = [];
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'worker', write: (line) => void lines.push(JSON.parse(line)) });
  const take: SpanShelfParams['send'] = async (spans) => void sent.push(...spans);
  // Of two that are registered in a process the first one counts, and another file of tests may have left its own.
  api.disable();
  context.disable();
  const tracing = createTracing({ ...systemClock, pause, send: send ?? take, log });
  const trace = beginTrace(traceId, isSampled, { name: 'receive', id: root, at: 1, until: 2 });
  const record = { question, state: 'running', attempts: 1, receivedAt: 0, leg: 0, changes: {}, replies: [], feedback: {} } as const;
  return {
    ...{ sent, lines, traceId, root },
    traceparent: traceparentNow,
    attempt: (work: () => Promise<StoryEnd>) =>
      tracing.attempt({ record, taking: 'fedcba9876543210fedcba9876543210' }, { ...question, trace }, work),
    flush: () => tracing.flush(),
    end: () => tracing.end(),
  };
}
