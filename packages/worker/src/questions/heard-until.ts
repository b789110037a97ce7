import type { Clock } from '@vera/service-kit/clock';
import type { AgentEvent } from '../agent/agent.ts';

/** What is under way when a run is interrupted may still say how it ended, in milliseconds; then nobody listens any more. */
const grace = 300;

/** What a run says, and that it was cancelled soon after `signal` aborts: whatever in it does not notice is left alone, and asked for nothing more. */
export async function* heardUntil(
  run: AsyncIterable<AgentEvent>,
  signal: AbortSignal,
  { pause }: Pick<Clock, 'pause'>,
): AsyncGenerator<AgentEvent> {
  const events = run[Symbol.asyncIterator]();
  const over = aborted(signal).then(() => pause(grace));
  try {
    for (;;) {
      const event = await Promise.race([events.next(), over]);
      if (!event) return yield { kind: 'ended', reason: 'cancelled' };
      if (event.done) return;
      yield event.value;
    }
  } finally {
    void events.return?.()?.catch(() => undefined);
  }
}

/** Resolves once the signal has aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
