import { isArray, isRecord } from '../plan/attribute-differences.ts';
import type { References } from '../plan/references.ts';
import { isStatement } from '../rights/statements.ts';
import { Hidden, Unknown, type Value } from '../secrets/masked-value.ts';
import type { Home } from '../words/arn-words.ts';
import { code } from '../words/markdown.ts';
import type { Seen } from './seen.ts';

/** Whom it names from now on: everybody, or somebody of another account. Policies are read grant by grant instead. */
export function strangerLooks({ type, action, before, after }: Seen, _: References, home: Home | undefined): string[] {
  if (action === 'no-op' || action === 'delete' || action === 'forget' || isStatement(type)) return [];
  const old = new Set(namedIn(before).map(({ text }) => text));
  const fresh = namedIn(after).filter(({ text }) => !old.has(text));
  return [...new Set(fresh.flatMap((named) => wordsOf(named, home)))];
}

type Named = { readonly name: string; readonly path: string; readonly text: string };

function wordsOf({ name, path, text }: Named, home: Home | undefined): string[] {
  const place = `(${code(path)})`;
  if (/\/groups\/global\/AllUsers$/.test(text)) return [`lets in anyone on the internet ${place}`];
  const isPrincipal = principals.test(name);
  if (/\/groups\/global\/AuthenticatedUsers$/.test(text) || (isPrincipal && /^(?:all|\*)$/i.test(text)))
    return [`lets in anyone with an AWS account ${place}`];
  if (isPrincipal && /^(?:o-[a-z\d]{10,32}|ou-[a-z\d-]{10,}|arn:[\w-]+:organizations::.*)$/.test(text))
    return [`lets in all accounts of an organization: ${code(text)} ${place}`];
  const [, ofIdentity, ofAnything] = /^arn:[\w-]+:(?:(?:iam|sts)::(\d{12})|[\w-]+:[\w-]*:(\d{12})):/.exec(text) ?? [];
  const account = ofIdentity ?? (isPrincipal ? (ofAnything ?? /^\d{12}$/.exec(text)?.[0]) : undefined);
  // Where no plan tells whose account this is, only what is named as a principal counts.
  if (account === undefined || account === home?.account || (home === undefined && !isPrincipal)) return [];
  return [`names ${code(text)}, which is ${home === undefined ? 'perhaps ' : ''}of another account ${place}`];
}

const principals =
  /(?:^|_)(?:group|groups|accounts?|account_ids?|grantee|principals?|principal_arns?|user_ids?|user_groups?|owner|owner_id)$/i;

function namedIn(value: Value, name = '', path = '', depth = 0): Named[] {
  if (depth > 12 || value instanceof Hidden || value instanceof Unknown) return [];
  if (typeof value === 'string') return [{ name, path, text: value }];
  if (isArray(value)) return value.flatMap((item) => namedIn(item, name, path, depth + 1));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /^tags(?:_all)?$/.test(key) ? [] : namedIn(inner, key, path === '' ? key : `${path}.${key}`, depth + 1),
  );
}
