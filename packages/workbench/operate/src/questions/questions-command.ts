import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { QuestionRecord } from '@vera/ledger/ledger';
import { createCommand, misuse, wrongWord } from '../command.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { sinceOf } from '../since.ts';
import { costWords, type LedgerLook, mostUnits, scanLedger } from './ledger-scan.ts';
import { unfinished } from './open-records.ts';
import { retryQuestion } from './retry-question.ts';
import { type Standing, standingOf } from './standing.ts';
import { tellQuestion, tellStandings, toldQuestion } from './tell-question.ts';
import { meantHelp } from './which-question.ts';

const usage = ['questions [open|waiting|failed] [--since 24h] [--json]', 'questions retry QUESTION'];
const groups = ['open', 'waiting', 'failed'] as const;
type Group = (typeof groups)[number];

export const questionsCommand = createCommand({
  usage,
  help: `What the ledger knows of questions, without their words.

  (no word)      whether anything is stuck, and all that are open or wait
  open           those that a worker has in hand, or is to get
  waiting        those that wait for a decision, or for an account
  failed         those that failed, were lost, or stopped; for this the whole ledger is read, and it says what that took
  retry          gives one that failed, or was stopped, one more turn, as its button "Try again" does
  --since WHEN   of the failed: asked since then (30m, 2h, 7d, or a time; default 24h)
  --json         as JSON
${placeHelp}

${meantHelp}`,
  options: { ...placeOptions, since: { type: 'string' }, json: { type: 'boolean' } },
  act(values, [which, ...words]) {
    const tell = (line: string) => void process.stdout.write(`${line}\n`);
    const [word, more] = words;
    if (which === 'retry') {
      if (word === undefined || more !== undefined) throw misuse('Which one? By its id, or a link to it.', { usage });
      return retry(placeOf(values), word, tell);
    }
    if (word !== undefined) throw misuse('One word is enough.', { usage });
    const group = groups.find((one) => one === which);
    if (which !== undefined && group === undefined) throw wrongWord(which, [...groups, 'retry'], { usage });
    return tellQuestions(placeOf(values), group, { ...values, tell });
  },
});

interface Listing {
  readonly since?: string | undefined;
  readonly json?: boolean | undefined;
  readonly tell: (line: string) => void;
}

/** Those of a group; `undefined`: all that are not over, and whether one is stuck. Gives the status to end with. */
export async function tellQuestions(place: Place, group: Group | undefined, { since = '24h', json, tell }: Listing): Promise<number> {
  const client = new DynamoDBClient(place.clientOf('DYNAMODB'));
  const ledger = { client, tableName: place.nameOf('ledger') };
  const now = Date.now();
  try {
    const { questions, head, notes } = group === 'failed' ? await failed(ledger, sinceOf(since, now)) : await notOver(ledger, group, now);
    if (json) tell(asJson(questions.map(({ record, standing }) => toldQuestion(record, now, standing))));
    else {
      if (head !== undefined) tell(head);
      for (const { record, standing } of questions) tell(tellQuestion(record, now, standing));
    }
    for (const note of notes) process.stderr.write(`${note}\n`);
    return 0;
  } finally {
    client.destroy();
  }
}

interface Found {
  readonly questions: readonly { readonly record: QuestionRecord; readonly standing?: Standing }[];
  readonly head: string | undefined;
  readonly notes: readonly string[];
}

async function notOver(ledger: LedgerLook, group: 'open' | 'waiting' | undefined, now: number): Promise<Found> {
  const all = await unfinished(ledger);
  const wanted = all.filter(({ state }) => group === undefined || (group === 'waiting') === (state === 'waiting'));
  const questions = wanted.map((record) => ({ record, standing: standingOf(record, all, now) }));
  const none = wanted.length === 0 ? `No question is ${group}.` : undefined;
  return { questions, head: group === undefined ? tellStandings(questions.map(({ standing }) => standing)) : none, notes: [] };
}

function asJson(told: readonly unknown[]): string {
  return JSON.stringify(told, undefined, 2);
}

async function failed(ledger: LedgerLook, since: number): Promise<Found> {
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
  const head = scanned.records.length === 0 ? `No question is known to have failed since ${new Date(since).toISOString()}.` : undefined;
  return { questions: scanned.records.map((record) => ({ record })), head, notes };
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
