import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { createCommand, misuse } from '../command.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { sinceOf } from '../since.ts';
import { costWords, type LedgerLook, mostUnits, scanLedger } from './ledger-scan.ts';
import { openRecords } from './open-records.ts';
import { retryQuestion } from './retry-question.ts';
import { tellQuestion, toldQuestion } from './tell-question.ts';
import { meantHelp } from './which-question.ts';

const usage = ['questions [open|waiting|failed] [--since 24h] [--json]', 'questions retry QUESTION'];

export const questionsCommand = createCommand({
  usage,
  help: `What the ledger knows of questions, without their words.

  open           those that a worker has in hand, or is to get (default)
  waiting        those that wait for a decision, or for an account
  failed         those that failed, were lost, or stopped; for this the whole ledger is read, and it says what that took
  retry          gives one that failed, or was stopped, one more turn, as its button "Try again" does
  --since WHEN   of the failed: asked since then (30m, 2h, 7d, or a time; default 24h)
  --json         as JSON
${placeHelp}

${meantHelp}`,
  options: { ...placeOptions, since: { type: 'string' }, json: { type: 'boolean' } },
  act(values, [which = 'open', ...words]) {
    const tell = (line: string) => void process.stdout.write(`${line}\n`);
    const [word, more] = words;
    if (which === 'retry' && word !== undefined && more === undefined) return retry(placeOf(values), word, tell);
    if (which !== 'open' && which !== 'waiting' && which !== 'failed') throw misuse('Which questions?', { usage });
    if (word !== undefined) throw misuse(`What is "${word}"?`, { usage });
    return tellQuestions(placeOf(values), which, { ...values, tell });
  },
});

interface Listing {
  readonly since?: string | undefined;
  readonly json?: boolean | undefined;
  readonly tell: (line: string) => void;
}

/** Gives the status to end with. */
export async function tellQuestions(
  place: Place,
  which: 'open' | 'waiting' | 'failed',
  { since = '24h', json, tell }: Listing,
): Promise<number> {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  const ledger = { client, tableName: place.nameOf('ledger') };
  const now = Date.now();
  try {
    const { records, notes } =
      which === 'failed' ? await failed(ledger, sinceOf(since, now)) : { records: await openRecords(ledger, which), notes: [] };
    if (json)
      tell(
        JSON.stringify(
          records.map((record) => toldQuestion(record, now)),
          undefined,
          2,
        ),
      );
    else for (const record of records) tell(tellQuestion(record, now));
    if (!json && records.length === 0)
      tell(`No question is ${which === 'failed' ? `known to have failed since ${new Date(sinceOf(since, now)).toISOString()}` : which}.`);
    for (const note of notes) process.stderr.write(`${note}\n`);
    return 0;
  } finally {
    client.destroy();
  }
}

async function failed(
  ledger: LedgerLook,
  since: number,
): Promise<{ readonly records: readonly QuestionRecord[]; readonly notes: readonly string[] }> {
  const scanned = await scanLedger(ledger, {
    filter: '(#state = :failed OR #state = :stopped) AND receivedAt >= :since',
    names: { '#state': 'state' },
    values: { ':failed': 'failed', ':stopped': 'stopped', ':since': since },
  });
  const notes = [
    `This took ${costWords(scanned)}.`,
    ...(scanned.isWhole ? [] : [`It ended after ${mostUnits} read units: there may be more.`]),
    ...(scanned.unreadable > 0 ? [`${scanned.unreadable} records have another shape and were passed over.`] : []),
  ];
  return { records: scanned.records, notes };
}

async function retry(place: Place, words: string, tell: (line: string) => void): Promise<number> {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  const lambda = new LambdaClient(place.clientOf('LAMBDA'));
  try {
    const ledger = { client, tableName: place.nameOf('ledger') };
    const retried = await retryQuestion({ ledger, lambda, invoker: place.nameOf('invoker'), now: Date.now }, words);
    tell(retried.words);
    return retried.isRetried ? 0 : 1;
  } finally {
    client.destroy();
    lambda.destroy();
  }
}
