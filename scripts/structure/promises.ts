import type { RepositoryFile } from './repository-file.ts';

/** What once went wrong in systems of this kind and must not here: each id is cited at the start of the name of a test that holds it. */
export const promises: Readonly<Record<string, string>> = {
  R1: 'a POST with no signature headers, or with only one → 401, nothing recorded, nothing sent on, body not logged',
  R2: 'a signature of another length, or with non-ASCII characters → 401, no exception',
  R3: 'a timestamp 6 minutes old, 6 minutes ahead, or not a number → 401',
  R4: 'the first delivery was lost and the retry arrives with `x-slack-retry-num: 1` → answered once',
  R5: 'the same message with a new `event_id` and no retry header (up to 11 copies) → one answer',
  R6: 'the same event twice within a millisecond, and again 10 s later; the app_mention and message twins → one ledger record, one answer',
  R7: 'our own message, also after the bot was renamed → ignored',
  R8: 'another bot mentions us → ignored unless its id is on the allow list; never a ping-pong',
  R9: 'a direct message with an upload (`subtype: file_share`) → the file reaches the agent',
  R10: 'the invoker cannot reach the runtime → the question is tried again, then the person is told; never silence',
  R11: 'two messages in one thread → the same runtime session id, 64 characters, stable across deploys',
  R12: 'any reply in a channel → carries `thread_ts`',
  R13: 'an answer of 6,339 characters; one of 20,000 with tables and code fences → 2–6 pieces; fences closed and opened again; no cut inside a link or a table row',
  R14: 'the Slack stream dies at 60 % of the answer → the rest is delivered, the agent ran exactly once',
  R15: 'a click on Approve by another person, twice, after expiry, or after the arguments changed → refused with a private reason; no tool call',
  R16: 'Approve is clicked and resuming fails → the card does not claim success',
  R17: 'two people with the same name; a model that asks for someone else’s memories → memories stay apart; the namespace is never a model parameter',
  R18: 'the memory actor → is team and user id, never a name, never a session id',
  R19: 'blank turns, blank tool results, a toolUse without result in the history → the question is answered; what is stored is valid',
  R20: 'the Dockerfile, the lock file, the base image, or any copied asset changes → the image tag changes; a change to tests or docs does not change it',
  R21: 'a new image was pushed → runtime and endpoint point at it; the previous one stays available for rollback',
  R22: 'the guardrail steps in, on input, on output, or in a helper → the person reads which policy and what to change; helpers are guarded too',
  R23: 'an error from model, MCP server or Slack with a secret or an ARN in its text → the thread shows a category, advice and an id; never the raw text',
  R24: '`/ping` every second for 20 idle minutes → `time_of_last_update` does not move; status Healthy',
  R25: 'a background task runs and no request arrives; the task throws → HealthyBusy until it has ended, also after the throw',
  R26: 'two questions at once for different people or regions in one process → no shared mutable state, no write to `process.env`, no cross-talk',
  R27: 'a tool list with a tool nobody classified (a server was upgraded) → it counts as a write',
  R28: 'a thread of 1,200 replies with 40 files → read by pages, bounded, each file fetched once',
  R29: 'an empty environment map, an optional block left out → synth omits the key',
  R30: 'any IAM statement in the synthesised stacks → no `*` without a written reason, no account wildcard, OIDC trust pinned to repository and branch',
};

const nameOfTest = /\(\s*(['"`])(?<ids>R\d+(?:(?:, | and | )R\d+)*) \S/g;

/** The ids that names of tests begin with, as in `it('R5 R6 copies of a message are answered once')`. */
export function promisesKept(files: readonly RepositoryFile[]): Set<string> {
  const tests = files.filter(({ path }) => /^(?:packages\/.+|stacks)\/test\/.*\.test\.ts$/.test(path));
  return new Set(tests.flatMap(({ text }) => [...text.matchAll(nameOfTest)].flatMap((match) => match.groups?.ids?.match(/R\d+/g) ?? [])));
}
