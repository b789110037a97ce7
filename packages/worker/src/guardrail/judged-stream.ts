import type { ModelStreamEvent } from '@strands-agents/sdk';
import { BlockedFailure } from '../failure.ts';
import type { Policy } from './policy.ts';
import { tracedVerdict } from './verdict.ts';

/** What the guardrail did to a call of the model that it let pass. */
export interface Passed {
  readonly masked: readonly Policy[];
  /** Text units it judged. */
  readonly units: number;
}

/**
 * A model's stream with the guardrail's verdict read out of it: what it blocked rejects with `BlockedFailure`, what it only masked ends as any
 * answer does. The trace, which holds what was found, goes no further: not to the library, which puts events into spans, nor to a log.
 */
export async function* judgedStream(
  events: AsyncIterable<ModelStreamEvent>,
  onPassed: (passed: Passed) => void,
): AsyncGenerator<ModelStreamEvent> {
  /** It says that the guardrail intervened, but not how: that comes behind it. */
  let stop: StopEvent | undefined;
  for await (const event of events) {
    switch (event.type) {
      case 'modelRedactionEvent':
        break;
      case 'modelMessageStopEvent':
        stop = event;
        break;
      case 'modelMetadataEvent': {
        const { trace, ...metadata } = event;
        try {
          judge(trace, stop, onPassed);
        } catch (error) {
          // What it cost is counted, whatever comes of it.
          yield metadata;
          throw error;
        }
        if (stop) yield asUsual(stop);
        stop = undefined;
        yield metadata;
        break;
      }
      default:
        yield event;
    }
  }
  if (!stop) return;
  judge(undefined, stop, onPassed);
  yield asUsual(stop);
}

type StopEvent = Extract<ModelStreamEvent, { type: 'modelMessageStopEvent' }>;

function judge(trace: unknown, stop: StopEvent | undefined, onPassed: (passed: Passed) => void): void {
  const { on, verdict, units } = tracedVerdict(trace, stop?.stopReason === 'guardrailIntervened');
  if (verdict.kind === 'blocked') throw new BlockedFailure({ on, policies: verdict.policies });
  onPassed({ masked: verdict.kind === 'masked' ? verdict.policies : [], units });
}

/** Whether there are calls is looked at behind this. */
function asUsual(stop: StopEvent): StopEvent {
  return stop.stopReason === 'guardrailIntervened' ? { ...stop, stopReason: 'endTurn' } : stop;
}
