import type { Log } from '@vera/service-kit/log';
import type { FoundDocument } from '../tools/tool.ts';
import type { AgentEvent } from './agent.ts';

/** What stands in the log of a run, be it the answer's or a helper's. */
export function logEvent(log: Log, event: AgentEvent): void {
  switch (event.kind) {
    case 'tool-ended':
      log.info('tool.called', {
        ...{ tool: event.tool, milliseconds: event.milliseconds, status: event.isError ? 'error' : 'success' },
        ...(event.as ? { as: event.as } : {}),
        ...(event.isError ? { code: event.code ?? 'tool', why: whyFailed(event) } : {}),
        ...(event.found ? { read: readIn(event.found) } : {}),
      });
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

type ToolEnded = Extract<AgentEvent, { kind: 'tool-ended' }>;

/** What is told of it, but for what the call was given: that is what people wrote, as a rule, and servers repeat it. */
function whyFailed({ told = '', input }: ToolEnded): string {
  return textsIn(input).reduce((words, text) => words.replaceAll(text, '…'), told);
}

/** Longest first; a word of three letters stands in any sentence. */
function textsIn(input: unknown): string[] {
  const texts = typeof input === 'object' && input !== null ? Object.values(input).flatMap(textsIn) : [];
  const own = typeof input === 'string' ? [input.trim(), ...input.split(/\s+/)].filter((text) => text.length > 3) : [];
  return [...texts, ...own].sort((one, other) => other.length - one.length);
}

/** Which documents, not what they say: each once. */
function readIn(found: readonly FoundDocument[]) {
  const documents = found.map(({ title, url, id }) => ({
    title,
    ...(url === undefined ? {} : { url }),
    ...(id === undefined ? {} : { id }),
  }));
  return [...new Map(documents.map((document) => [JSON.stringify(document), document])).values()].slice(0, mostDocuments);
}

const mostDocuments = 20;
