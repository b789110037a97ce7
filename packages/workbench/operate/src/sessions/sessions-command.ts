import { createInterface } from 'node:readline/promises';
import { BedrockAgentCoreClient, StopRuntimeSessionCommand } from '@aws-sdk/client-bedrock-agentcore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createDynamoEndedThreads } from '@vera/ledger/dynamo-ended-threads';
import { sessionScopeSchema } from '@vera/protocol/session-id';
import { sdkDynamoDb } from '@vera/service-kit/sdk-clients';
import { createCommand, misuse, wrongWord } from '../command.ts';
import { type Place, placeHelp, placeOf, placeOptions } from '../place.ts';
import { spanWords } from '../questions/tell-question.ts';
import { UsageError } from '../usage-error.ts';
import { type KnownSession, knownSessions } from './known-sessions.ts';

const usage = ['sessions [list] [--json]', 'sessions stop SESSION [--yes]'];

export const sessionsCommand = createCommand({
  usage,
  help: `The AgentCore sessions that the ledger knows of: those with an open question, and those whose questions ended within a day and which the
sweeper has not stopped yet. AgentCore lists none, so whether one still runs shows only when it is stopped.

  stop SESSION   ends one, by its id or the first eight characters of it or more. What a worker has in hand there it gives back, and it goes on in a new one
  --yes          without asking first
  --json         as JSON
${placeHelp}`,
  options: { ...placeOptions, yes: { type: 'boolean' }, json: { type: 'boolean' } },
  act(values, [what = 'list', id, ...more]) {
    const tell = (line: string) => void process.stdout.write(`${line}\n`);
    if (what === 'list' && id === undefined) return tellSessions(placeOf(values), { json: values.json, tell });
    if (what !== 'stop') throw wrongWord(what, ['list', 'stop'], { usage });
    if (id === undefined || more.length > 0)
      throw misuse('Which session? By its id, or the first eight characters of it; one at a time.', { usage });
    return stopSession(placeOf(values), id, { ask: values.yes ? undefined : askPerson, tell });
  },
});

interface Telling {
  readonly json?: boolean | undefined;
  readonly tell: (line: string) => void;
}

/** Gives the status to end with. */
export async function tellSessions(place: Place, { json, tell }: Telling): Promise<number> {
  const { sessions } = await sessionsOf(place);
  if (json) tell(JSON.stringify(sessions, undefined, 2));
  else if (sessions.length === 0) tell('The ledger knows of no session.');
  else for (const session of sessions) tell(wordsFor(session, Date.now()));
  return 0;
}

function wordsFor({ session, open, endedAt, threads }: KnownSession, now: number): string {
  const state = open > 0 ? `${open} open` : `idle for ${spanWords(Math.round((now - (endedAt ?? now)) / 1_000))}`;
  const [first, ...others] = threads;
  return `${session} ${state}, ${first?.channel} ${first?.thread}${others.length > 0 ? ` and ${others.length} more threads` : ''}`;
}

interface Stopping {
  /** Undefined: it was said already. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly tell: (line: string) => void;
}

export async function stopSession(place: Place, id: string, { ask, tell }: Stopping): Promise<number> {
  if (!/^[0-9a-f]{8,64}$/.test(id))
    throw new UsageError(`"${id}" is no session: an id has 64 hex digits, of which the first eight will do.`);
  const { sessions, runtime } = await sessionsOf(place);
  const known = sessions.filter(({ session }) => session.startsWith(id));
  if (known.length > 1) throw new UsageError(`${id} begins ${known.length} sessions. Say more of it.`);
  // A whole id is stopped whether or not the ledger knows of it.
  const session = known[0]?.session ?? (id.length === 64 ? id : undefined);
  if (session === undefined) throw new UsageError(`The ledger knows of no session that begins with ${id}.`);
  const words =
    known[0] && known[0].open > 0
      ? `${known[0].open} open questions in it are given back and go on in a new one.`
      : 'Nothing is open in it.';
  if (ask && !/^y(?:es)?$/i.test((await ask(`Stop ${session}? ${words} (yes/no) `)).trim())) {
    tell('Nothing was stopped.');
    return 1;
  }
  const client = new BedrockAgentCoreClient(place.clientOf('BEDROCK_AGENTCORE'));
  try {
    await client.send(new StopRuntimeSessionCommand({ ...runtime, runtimeSessionId: session }));
    tell(`${session} is stopping. ${words}`);
    return 0;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    tell(`${session} does not run: it ended by itself, or never began.`);
    return 0;
  } finally {
    client.destroy();
  }
}

async function askPerson(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError('Nobody can be asked here: say --yes if it shall be stopped.');
  using reader = createInterface({ input: process.stdin, output: process.stdout });
  return reader.question(question);
}

/** By what the invoker itself goes by. */
async function sessionsOf(place: Place) {
  const [dynamoDb, lambda] = [new DynamoDBClient(place.clientOf('DYNAMODB')), new LambdaClient(place.clientOf('LAMBDA'))];
  try {
    const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: place.nameOf('invoker') }));
    const {
      AGENT_RUNTIME_ARN: agentRuntimeArn,
      AGENT_RUNTIME_QUALIFIER: qualifier = 'DEFAULT',
      SESSION_SCOPE = 'thread',
    } = found.Environment?.Variables ?? {};
    if (agentRuntimeArn === undefined)
      throw new UsageError('The worker runs on Lambda: there are no sessions. pnpm vera questions open tells what is done.');
    const threads = createDynamoEndedThreads({ dynamoDb: sdkDynamoDb(dynamoDb), tableName: place.nameOf('ledger'), now: Date.now });
    return { sessions: await knownSessions(threads, sessionScopeSchema.parse(SESSION_SCOPE)), runtime: { agentRuntimeArn, qualifier } };
  } finally {
    dynamoDb.destroy();
    lambda.destroy();
  }
}
