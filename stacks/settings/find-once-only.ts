import type { Fields } from './find-faults.ts';
import type { Problem } from './problem.ts';

/** What an account has once, and two environments in it would make twice: the second deployment would break off half-way. */
export function findOnceOnly(environment: string, fields: Partial<Fields>, others: ReadonlyMap<string, unknown>): Problem[] {
  const neighbours = [...others].flatMap(([name, input]) => {
    const other = (input ?? {}) as Partial<Fields>;
    return name !== environment && other.account === fields.account && fields.account !== undefined ? [{ name, other }] : [];
  });
  return neighbours.flatMap(({ name, other }) => [...provider(fields, other, name), ...ingestionLogs(fields, other, name)]);
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
