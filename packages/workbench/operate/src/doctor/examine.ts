import { type Finding, nameOf, unseen } from '../check/finding.ts';
import { isSignedOut, signInRemedy } from '../sign-in.ts';
import { UsageError } from '../usage-error.ts';
import { AskError } from './ask.ts';
import { type Check, GroundError, type Patient } from './check.ts';

export interface Examined {
  readonly part: string;
  readonly asks: string;
  readonly findings: readonly Finding[];
}

/** What all of it comes to: what ails goes before what was not seen. */
export type Verdict = 'well' | 'ails' | 'unseen';

/** Asks each question that concerns what is there, all at once, each for so long. Whatever gives no answer is told as not seen. */
export async function examine(checks: readonly Check[], patient: Patient, milliseconds: number): Promise<readonly Examined[]> {
  const asked = checks.filter((check) => check.concerns(patient));
  return Promise.all(
    asked.map(async (check) => ({ part: check.part, asks: check.asks, findings: await findingsOf(check, patient, milliseconds) })),
  );
}

/** What it does not ask there, by its parts: on this machine that is all that only AWS has. */
export function leftOut(checks: readonly Check[], patient: Patient): readonly string[] {
  const asked = new Set(checks.filter((check) => check.concerns(patient)).map(({ part }) => part));
  return [...new Set(checks.map(({ part }) => part))].filter((part) => !asked.has(part));
}

export function verdictOf(examined: readonly Examined[]): Verdict {
  const kinds = new Set(examined.flatMap(({ findings }) => findings.map(({ kind }) => kind)));
  if (kinds.has('ails')) return 'ails';
  return kinds.has('unseen') || kinds.size === 0 ? 'unseen' : 'well';
}

async function findingsOf(check: Check, patient: Patient, milliseconds: number): Promise<readonly Finding[]> {
  const late = Promise.withResolvers<readonly Finding[]>();
  const tooLong = `no answer within ${milliseconds / 1000} s`;
  const timer = setTimeout(
    () => late.resolve([notSeen(check, tooLong, 'ask again; else look whether this machine reaches it')]),
    milliseconds,
  );
  try {
    const findings = await Promise.race([check.look(patient), late.promise]);
    return findings.length > 0 ? findings : [notSeen(check, 'nothing was looked at', 'tell whoever works on Vera')];
  } catch (error) {
    return [whyNotSeen(check, error)];
  } finally {
    clearTimeout(timer);
  }
}

function whyNotSeen(check: Check, error: unknown): Finding {
  if (error instanceof GroundError) return notSeen(check, error.message, error.remedy);
  if (error instanceof UsageError) {
    const [words = '', remedy = 'see what it says, and ask again'] = error.message.split(' Remedy: ');
    return notSeen(check, words, remedy);
  }
  if (!(error instanceof AskError)) return notSeen(check, nameOf(error), 'ask again; else tell whoever works on Vera');
  const { right, reason } = error;
  if (/AccessDenied|NotAuthorized|UnauthorizedOperation/.test(reason))
    return notSeen(check, `it needs ${right}, and AWS says ${reason}`, 'sign in as who may do what pnpm vera doctor --policy prints');
  if (isSignedOut(error)) return notSeen(check, `it needs ${right}, and AWS does not know you (${reason})`, signInRemedy);
  return notSeen(check, `it needs ${right}, and AWS says ${reason}`, 'ask again; else look whether this machine reaches AWS');
}

function notSeen({ part }: Check, words: string, remedy: string): Finding {
  return unseen(part, `could not be checked: ${words}`, remedy);
}
