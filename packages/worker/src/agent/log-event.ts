import type { Log } from '@vera/service-kit/log';
import type { AgentEvent } from './agent.ts';

/** What stands in the log of a run, be it the answer's or a helper's. */
export function logEvent(log: Log, event: AgentEvent): void {
  switch (event.kind) {
    case 'tool-ended':
      log.info('tool.called', { tool: event.tool, milliseconds: event.milliseconds, status: event.isError ? 'error' : 'success' });
      break;
    case 'model-called':
      log.info('model.called', { ...event.call });
      break;
    case 'model-retried':
      log.warn('model.retried', { code: event.code, attempt: event.attempt });
      break;
    case 'left-out':
      log.warn('model.left-out', { words: event.words });
      break;
    case 'judged':
      log.info('text.judged', { verdict: event.verdict, units: event.units, milliseconds: event.milliseconds });
      break;
    case 'masked':
    case 'text':
    case 'tool-started':
    case 'tool-cleared':
    case 'tool-progress':
    case 'ended':
      break;
  }
}
