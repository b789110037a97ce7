import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCommand, misuse } from '../command.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { meantHelp, whichQuestion } from '../questions/which-question.ts';
import { isUnknown } from './end-of.ts';
import { knownOf } from './known.ts';
import { explanationOf, tellExplanation } from './tell-explanation.ts';

const usage = ['explain QUESTION [--json]'];

export const explainCommand = createCommand({
  usage,
  help: `What came of a question, where its time went, what stood in its way and what helps, and each step, from the ledger and the logs of all components; never
what was said. Also of a message that became no question. Ends with 1 when a part could not be looked at, or there is no question of that id.

  --json   the same for a program
${placeHelp}

${meantHelp}`,
  options: { ...placeOptions, json: { type: 'boolean' } },
  async act({ json = false, ...where }, [words = '', ...more]) {
    if (words === '') throw misuse('Which question? Its id, a link to it, or last.', { usage });
    if (more.length > 0) throw misuse('One question at a time.', { usage });
    return tellExplained(placeOf(where), words, { json, tell: (text) => void process.stdout.write(`${text}\n`) });
  },
});

interface Told {
  readonly json: boolean;
  readonly tell: (text: string) => void;
}

/** Gives the status to end with. */
export async function tellExplained(place: Place, words: string, { json, tell }: Told): Promise<number> {
  const ledger = new DynamoDBClient(place.clientOf('DYNAMODB'));
  const logs = new CloudWatchLogsClient({ ...place.clientOf('CLOUDWATCH_LOGS'), maxAttempts: 8 });
  try {
    const look = { client: ledger, tableName: place.nameOf('ledger') };
    const known = await knownOf(place, { ledger: look, logs }, await whichQuestion(look, words));
    tell(json ? JSON.stringify(explanationOf(known), undefined, 2) : tellExplanation(known));
    return known.unseen.length > 0 || isUnknown(known) ? 1 : 0;
  } finally {
    ledger.destroy();
    logs.destroy();
  }
}
