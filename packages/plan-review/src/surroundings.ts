import type { Plan } from './plan.ts';
import { resourceWords } from './resource-words.ts';
import { textsOf } from './texts-of.ts';

/** Where the stacks live: names without an account mean this one. */
export type Home = { readonly account: string; readonly region: string };

/** What all plans together know of the world. */
export type Surroundings = {
  readonly home: Home | undefined;
  /** Resources that one of the plans manages, in words, by ARN. */
  readonly names: ReadonlyMap<string, string>;
};

export const arnPattern = /^arn:aws:(?<service>[\w-]+):(?<region>[\w-]*):(?<account>\d*):(?<rest>.*)$/s;

export function surroundingsOf(plans: readonly Plan[]): Surroundings {
  const changes = plans.flatMap((plan) => plan.changes).filter(({ mode, isDeposed }) => mode === 'managed' && !isDeposed);
  const managed = changes.flatMap((change) =>
    [change.before, change.after].flatMap((side) => textsOf(side, ['arn'])).map((arn) => ({ arn, change })),
  );
  const told = plans.flatMap(({ known }) => known.flatMap(({ values }) => textsOf(values, ['outputs'])));
  return {
    home: homeOf([...managed.map(({ arn }) => arn), ...told]),
    names: new Map(managed.map(({ arn, change }) => [arn, resourceWords(change)])),
  };
}

/** The account and region that most ARNs name. */
function homeOf(arns: readonly string[]): Home | undefined {
  const counts = new Map<string, number>();
  for (const text of arns) {
    const { region, account } = arnPattern.exec(text)?.groups ?? {};
    if (region && account) counts.set(`${account} ${region}`, (counts.get(`${account} ${region}`) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([one, times], [other, others]) => others - times || (one < other ? -1 : 1));
  const [account, region] = most?.[0].split(' ') ?? [];
  return account && region ? { account, region } : undefined;
}
