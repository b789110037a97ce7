import type { RepositoryFile } from './repository-file.ts';

/**
 * What once went wrong in systems of this kind and must not here: each id is cited at the start of the name of a test that holds it. R: from the
 * beginning; D: what others told of their own, later.
 */
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
  D1: 'a process brought to its first healthy ping, restored days later → each ping’s stamp is of a change of status since, never of before the restore',
  D2: 'two restores of one snapshot → no random identifier, of ours or of a library, occurs in both',
  D3: 'another platform for a runtime → the update names everything else too, and the endpoint serves the version that it made',
  D4: 'a worker dies between two writes and the model orders both again, otherwise named → what was done is told; one wished twice is done twice',
  D5: 'a write to the ledger was taken and its answer lost → the repeated one learns the same, and nothing stands twice',
  D6: 'a lease cannot be renewed for longer than it holds → its worker stopped by its own clock before; one visible answer',
  D7: 'SIGTERM while an answer runs and no connection is open → it is finished or given back with words; process 1 of an image is node',
  D8: 'an open stream of a dead worker, whose removal fails at first → none is left in the thread, each sentence stands there once',
  D9: 'a stop before the worker has the lease, or while it makes tools → no model call; a second click changes nothing',
  D10: 'a stop that Slack delivers late → acts on what was asked before it; `*stop*`, `stop!` are stops, `stop the deploy` is a question',
  D11: 'a message comes in after the last model call, during tools that a stop or death ends, or in the last turn → used exactly once',
  D12: 'a question is edited by previews alone → nothing happens; by words → one change',
  D13: 'the day’s money is used up → one message, closed as refused, no retry, no alarm; what cannot be checked is not spent',
  D14: 'a worker dies between a model call and its settlement → it counts at its estimate',
  D15: 'a money budget and a model by profile, dated id or ARN → priced as its base model; an unknown one is refused by name',
  D16: 'the failures queue refuses what the invoker failed at → that rings as well',
  D17: 'the same seed in another process, after others → the same trace; the real clock and randomness throw inside',
  D18: 'a metric that is read → is emitted with exactly its namespace, name and dimensions',
  D19: 'workflows → no plan or state in the clear; the reviewed hash is checked before apply',
  D20: 'a plan applied in another checkout → each archive and image is the planned one, else it stops before the first stack',
  D21: 'lock files → hashes of three platforms for every provider',
  D22: 'the deploy role → makes no role without the boundary, nor changes one, nor the boundary itself',
  D23: 'ten builds, the endpoint at one and `rollBackTo` at another → both images are kept with what hangs on them',
  D24: 'Lambda → is given one manifest for linux/arm64; provenance, SBOM and signature hang on its digest',
  D25: 'a secret pasted with quotes, newline, NBSP, or into the wrong field → cleaned or refused; in no argv, output or log',
  D26: 'a front before the function URLs → the same raw bytes arrive; past it 403',
  D27: 'the runtime’s log group exists, or not yet, or from before → retention and key are set in the end, with no “already exists”',
  D28: 'the same stacks on cdktn → the same addresses, backends and outputs; nothing to change',
  D29: 'credentials as raw heads, parameters, user info, percent-encoded, in base64, cut → in no log line; a line is at most 32 KB',
  D30: 'a worker stopped or frozen behind its answer, a dead collector → spans are sent before it is idle; nobody waits longer than the limit',
  D31: 'Lambda’s own trace that is not sampled beside ours that is → ours goes on, and the other way round',
  D32: 'a metric with an empty dimension, too many, an unlisted unit, no number, an id as value → refused and told',
  D33: 'a cut tail, a lost day, an emptied table; many writers at once with a lost answer → `verify` names the former; the latter is one chain',
  D34: 'usage summed over all spans of a trace → the ledger’s total',
  D35: 'a check of `doctor` that is denied, throws, or takes too long → could not be checked, never healthy',
  D36: 'idle time of a session and late usage logs → counted as the bill does; no partial day shown as whole',
  D37: 'what the settings have switched off → `doctor` does not speak of it',
};

const nameOfTest = /\(\s*(['"`])(?<ids>[RD]\d+(?:(?:, | and | )[RD]\d+)*) \S/g;

/** The ids that names of tests begin with, as in `it('R5 R6 copies of a message are answered once')`. */
export function promisesKept(files: readonly RepositoryFile[]): Set<string> {
  const tests = files.filter(({ path }) => isTest(path));
  return new Set(
    tests.flatMap(({ text }) => [...text.matchAll(nameOfTest)].flatMap((match) => match.groups?.ids?.match(/[RD]\d+/g) ?? [])),
  );
}

/** Its own test only shows how ids are read. */
function isTest(path: string): boolean {
  return /^(?:packages\/.+|stacks|scripts)\/test\/.*\.test\.ts$/.test(path) && path !== 'scripts/test/promises.test.ts';
}
