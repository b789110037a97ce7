import { atMost } from '@vera/service-kit/clock';
import type { Log } from '@vera/service-kit/log';
import type { NoteAct } from './act.ts';
import { type AppendParams, append } from './dynamo-chain.ts';

export interface NoteActParams extends AppendParams {
  readonly log: Log;
}

export function createNoteAct({ log, ...params }: NoteActParams): NoteAct {
  return async (act) => {
    const { act: what, outcome, question, change } = act;
    try {
      if (await atMost(params, params.patience, append(params, act))) return true;
      log.error('audit.failed', { act: what, outcome, question, change, error: 'no answer in time' });
    } catch (error) {
      log.error('audit.failed', { act: what, outcome, question, change, error });
    }
    return false;
  };
}
