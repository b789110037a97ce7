import type { Fields } from './find-faults.ts';
import type { Problem } from './problem.ts';

/** What an account, or all of AWS, has once, and two environments would make twice: the second deployment would break off half-way. */
export function findOnceOnly(environment: string, fields: Partial<Fields>, others: ReadonlyMap<string, unknown>): Problem[] {
  const rest = [...others].flatMap(([name, input]) => (name === environment ? [] : [{ name, other: (input ?? {}) as Partial<Fields> }]));
  const neighbours = rest.filter(({ other }) => other.account === fields.account && fields.account !== undefined);
  return [
    ...rest.flatMap(({ name, other }) => hostNames(fields, other, name)),
    ...neighbours.flatMap(({ name, other }) => [...provider(fields, other, name), ...ingestionLogs(fields, other, name)]),
  ];
}

/** CloudFront knows each once, whatever the account. */
function hostNames({ front }: Partial<Fields>, other: Partial<Fields>, name: string): Problem[] {
  if (!front) return [];
  const theirs: unknown[] = [other.front?.receiver, other.front?.portal];
  return (['receiver', 'portal'] as const).flatMap((role) => {
    const message = `${name}.ts has ${front[role]} already, and CloudFront takes a name once: choose another`;
    return theirs.includes(front[role]) ? [{ path: ['front', role], message }] : [];
  });
}

function provider({ github }: Partial<Fields>, other: Partial<Fields>, name: string): Problem[] {
  if (!github || github.providerArn || !other.github || other.github.providerArn) return [];
  const message = `${name}.ts makes this account's identity provider of GitHub already, and there can be one only: name its ARN here, or there`;
  return [{ path: ['github', 'providerArn'], message }];
}

function ingestionLogs(
  { knowledgeBases = [], knowledgeBaseLogs, region }: Partial<Fields>,
  other: Partial<Fields>,
  name: string,
): Problem[] {
  if (knowledgeBaseLogs === 'off' || other.knowledgeBaseLogs === 'off') return [];
  const placeOf = (base: { readonly id?: string; readonly region?: string | undefined }, where: string | undefined) =>
    `${base.region ?? where} ${base.id}`;
  const theirs = Array.isArray(other.knowledgeBases) ? other.knowledgeBases.map((base) => placeOf(base, other.region)) : [];
  const shared = knowledgeBases.find((base) => theirs.includes(placeOf(base, region)));
  const message = `${name}.ts has the ingestion of ${shared?.id} logged already, which can be done once: choose 'off' here, or there`;
  return shared ? [{ path: ['knowledgeBaseLogs'], message }] : [];
}
