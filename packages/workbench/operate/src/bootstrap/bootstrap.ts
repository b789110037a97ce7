import type { Deployment } from '../deployment.ts';
import { UsageError } from '../usage-error.ts';
import { type BucketParts, bucketSteps } from './bucket-steps.ts';
import { wordsOfS3 } from './words-of-s3.ts';

export interface BootstrapParams {
  readonly deployment: Pick<Deployment, 'account' | 'region' | 'environment' | 'state'>;
  /** Who is signed in. */
  readonly caller: () => Promise<{ readonly account: string; readonly arn: string }>;
  readonly s3: (region: string) => BucketParts['s3'];
  readonly tell: (line: string) => void;
  /** Undefined: nobody can be asked. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly isYes: boolean;
}

/** Makes what Terraform's state needs and is not there, once somebody said yes to it. Gives the status to end with. */
export async function bootstrap({ deployment, caller, s3, tell, ask, isYes }: BootstrapParams): Promise<number> {
  const { account, state, environment } = deployment;
  const file = `stacks/environments/${environment}.ts`;
  const who = await caller();
  if (who.account !== account)
    throw new UsageError(
      `You are signed in to account ${who.account} (${who.arn}), and ${file} names ${account}. Remedy: sign in to the other one, or change account there`,
    );
  tell(`Signed in to account ${account} as ${who.arn}.`);
  if (!state) {
    tell(`${file} names no bucket, so Terraform keeps its state beside the code: enough for one person and one machine.`);
    tell('For more, add this line to it, and run this again:');
    tell(`  state: { bucket: 'vera-terraform-${account}', region: '${deployment.region}' },`);
    return 0;
  }
  const parts = { s3: s3(state.region), Bucket: state.bucket, ExpectedBucketOwner: account, region: state.region };
  const lacks = await lacksOf(parts);
  if (lacks.length === 0) {
    tell(`The bucket ${state.bucket} in ${state.region} has all it needs; nothing is changed.`);
    return 0;
  }
  tell(`In the bucket ${state.bucket} of ${state.region} this is missing, and will be made:`);
  for (const { tells } of lacks) tell(`  - ${tells}`);
  tell('Terraform locks a state with a file beside it there; no table is needed. It costs a few cents a month.');
  if (!(await isAgreed({ ask, isYes }))) {
    tell('Nothing was changed.');
    return 1;
  }
  return make(parts, lacks, tell);
}

type Steps = typeof bucketSteps;

async function lacksOf(parts: BucketParts): Promise<Steps> {
  const [bucket, ...rest] = bucketSteps;
  try {
    if (bucket && !(await bucket.isThere(parts))) return bucketSteps;
    const found = await Promise.all(rest.map((step) => step.isThere(parts)));
    return rest.filter((_, index) => !found[index]);
  } catch (error) {
    throw wordsOfS3(error, parts);
  }
}

async function isAgreed({ ask, isYes }: Pick<BootstrapParams, 'ask' | 'isYes'>): Promise<boolean> {
  if (isYes) return true;
  if (!ask) throw new UsageError('There is nobody to ask here. Remedy: --yes');
  return (await ask('Make it? Type yes: ')).trim().toLowerCase() === 'yes';
}

/** Looked at again at the end: what S3 took may still not be there. */
async function make(parts: BucketParts, lacks: Steps, tell: BootstrapParams['tell']): Promise<number> {
  for (const { tells, make: makeIt } of lacks) {
    await makeIt(parts).catch((error: unknown) => {
      throw wordsOfS3(error, parts);
    });
    tell(`  made: ${tells}`);
  }
  const still = await lacksOf(parts);
  for (const { tells } of still) tell(`  NOT there yet: ${tells}. Remedy: run this again in a minute`);
  if (still.length === 0) tell('Done. Next: pnpm cdktf deploy storage');
  return still.length === 0 ? 0 : 1;
}
