import { failed, startOperation, stepsWithin } from '../tracing/in-span.ts';
import { names } from '../tracing/names.ts';
import type { Agent } from './agent.ts';

/** Each run of an agent as a span. Tokens stand with the calls of the model below, and not here once more: a sum over all spans would count them twice. */
export function tracedAgent(run: Agent): Agent {
  return async function* traced(task) {
    const { agentName = 'vera' } = task;
    const span = startOperation('invoke_agent', agentName, { [names.agent]: agentName });
    try {
      for await (const event of stepsWithin(span, run(task))) {
        if (event.kind === 'ended') span.setAttribute(names.outcome, event.reason);
        yield event;
      }
    } catch (error) {
      failed(span, error);
      throw error;
    } finally {
      span.end();
    }
  };
}
