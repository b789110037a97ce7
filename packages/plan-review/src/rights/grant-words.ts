import { inOrder } from '../json/in-order.ts';
import { type Grant, isException } from '../json/policy.ts';
import { code, enumerated, firstOf } from '../words/markdown.ts';
import type { GrantDifference } from './grant-differences.ts';
import type { PolicyPlace } from './policy-places.ts';
import { joinedReasons, openToAll, wideReasons } from './wide-grants.ts';

/** One line of a comment about what somebody may do; `isWide` where a reviewer has to look, with the reasons. */
export type PermissionLine = { readonly text: string; readonly isWide: boolean; readonly reasons: readonly string[] };

type GrantContext = {
  readonly kind: PolicyPlace['kind'];
  /** A new role "may call", one that was there "may now call". */
  readonly isNew: boolean;
  /** Markdown for an ARN or for what stands where one is expected. */
  readonly named: (text: string) => string;
  /** The name of the role or resource itself, in Markdown. */
  readonly self: string;
  /** The account of these stacks, if a plan tells it. */
  readonly account?: string | undefined;
};

export function grantWords(row: GrantRow, context: GrantContext): PermissionLine {
  const isMore = row.effect === 'Allow' ? row.kind !== 'gone' && row.kind !== 'narrowed' : row.kind === 'gone' || row.kind === 'narrowed';
  const reasons = isMore ? row.grants.flatMap((grant) => wideReasons(grant, context)) : [];
  const isSurprising =
    row.kind === 'widened' || row.kind === 'other conditions' || (context.kind === 'trust' && !context.isNew) || row.effect === 'Deny';
  const suffix = reasons.length === 0 ? '' : ` (**${joinedReasons(reasons)}**)`;
  return { text: `${sentenceOf(row, context)}${suffix}`, isWide: isMore && (isSurprising || reasons.length > 0), reasons };
}

/** The same of a role that somebody else keeps, who has to change it. Who no longer has to may do so whenever they like. */
export function neededWords(row: GrantRow, context: GrantContext): { readonly text: string; readonly isFirst: boolean } {
  const what = `${whatOf(row, context)}${conditionWords(row)}`;
  const isDenial = row.effect === 'Deny';
  const allows = context.kind === 'trust' ? 'trust' : 'allow';
  const verb = isDenial ? 'deny' : allows;
  const texts: Readonly<Record<GrantRow['kind'], string>> = {
    new: `has to ${verb} ${what}${context.isNew ? '' : ' besides'}`,
    gone: `${isDenial ? 'may no longer deny' : `no longer has to ${verb}`} ${what}`,
    widened: `has to ${verb} more: ${what}`,
    narrowed: `${isDenial ? 'may deny only' : `has to ${verb} only`} ${what}`,
    'other conditions': `has to ${verb} ${what}`,
  };
  return { text: texts[row.kind], isFirst: isDenial || (row.kind !== 'gone' && row.kind !== 'narrowed') };
}

function sentenceOf(row: GrantRow, context: GrantContext): string {
  const what = `${whatOf(row, context)}${conditionWords(row)}`;
  const who = context.kind === 'resource' ? `${pairWords([row.principal], (text) => principalWords(text, context))} ` : '';
  const now = context.isNew ? '' : 'now ';
  const right = who === '' ? what : `${who}may call ${what}`;
  if (row.kind === 'other conditions') return `other conditions: ${right}`;
  if (row.effect === 'Deny') {
    const verbs = { new: `is ${now}denied`, gone: '**is no longer denied**', widened: 'is denied more:', narrowed: '**is denied less**:' };
    return `${who}${verbs[row.kind]} ${what}`;
  }
  const trust = context.kind === 'trust' ? 'trust ' : '';
  if (row.kind === 'widened') return `**${trust}widened**: ${right}`;
  if (row.kind === 'narrowed') return `${trust}narrowed: ${right}`;
  if (context.kind === 'trust') return `${row.kind === 'new' ? `${now}trusts` : 'no longer trusts'} ${what}`;
  return `${who}may ${row.kind === 'new' ? now : 'no longer '}call ${what}`;
}

function whatOf({ principal, actions, resources }: GrantRow, context: GrantContext): string {
  const called = pairWords(actions, actionWords);
  if (context.kind === 'trust') {
    const isUsual = actions.every(({ from, to }) => from === to && to === 'sts:AssumeRole');
    return `${pairWords([principal], (text) => principalWords(text, context))}${isUsual ? '' : ` with ${called}`}`;
  }
  // In a policy of a resource, `*` and nothing at all mean that resource.
  const isItself = context.kind === 'resource' && resources.every(({ from, to }) => from === to && (to === '*' || to === ''));
  return isItself ? called : `${called} on ${pairWords(resources, (text) => resourceNameWords(text, context))}`;
}

function resourceNameWords(resource: string, { named, self }: GrantContext): string {
  const name = named(resource);
  if (name === self) return 'it';
  return name.startsWith(`${self} `) ? `${name.slice(self.length + 1)} in it` : name;
}

function pairWords(pairs: readonly Pair[], wordsOf: (text: string) => string): string {
  const listed = (texts: readonly string[]) => firstOf([...new Set(texts)].sort(inOrder).map(wordsOf), 40);
  const from = listed(pairs.map((pair) => pair.from));
  const to = listed(pairs.map((pair) => pair.to));
  return from === to ? to : `${from} → ${to}`;
}

function actionWords(action: string): string {
  return isException(action) ? `**${code(action, 400)}**` : code(action, 400);
}

function principalWords(principal: string, { named }: GrantContext): string {
  if (principal === '*') return '**anyone**';
  if (/^\d{12}$/.test(principal)) return `account ${code(principal)}`;
  if (/^[\w.-]+\.amazonaws\.com$/.test(principal)) return `service ${code(principal)}`;
  return named(principal);
}

function conditionWords({ kind, effect, conditions: { from, to } }: GrantRow): string {
  const listed = (conditions: readonly string[]) => enumerated(conditions.map((condition) => code(condition, 300)));
  const dropped = from.filter((condition) => !to.includes(condition));
  const added = to.filter((condition) => !from.includes(condition));
  const kept = to.filter((condition) => from.includes(condition) && condition !== openToAll);
  const onlyIf = effect === 'Allow' ? 'only if' : 'if';
  const keptWords = kind === 'gone' ? `so far ${onlyIf}` : onlyIf;
  const parts = [
    kept.length > 0 && `${keptWords} ${listed(kept)}`,
    added.length > 0 && `now ${onlyIf} ${listed(added)}`,
    dropped.length > 0 && `no longer ${onlyIf} ${listed(dropped)}`,
  ].filter((part) => part !== false);
  return parts.map((part) => `, ${part}`).join('');
}

/** What was before and after; the same twice for what only came or only went. */
type Pair = { readonly from: string; readonly to: string };

/** Differences that one sentence can tell: every action with every resource. */
type GrantRow = {
  readonly kind: GrantDifference['kind'];
  readonly effect: Grant['effect'];
  readonly principal: Pair;
  readonly conditions: { readonly from: readonly string[]; readonly to: readonly string[] };
  readonly actions: readonly Pair[];
  readonly resources: readonly Pair[];
  readonly grants: readonly Grant[];
};

export function grantRows(differences: readonly GrantDifference[]): GrantRow[] {
  return merged(merged(differences.map(rowOf), 'actions', 'resources'), 'resources', 'actions');
}

function rowOf({ kind, grant, from = grant }: GrantDifference): GrantRow {
  const pair = (part: 'principal' | 'action' | 'resource') => ({ from: from[part], to: grant[part] });
  return {
    kind,
    effect: grant.effect,
    principal: pair('principal'),
    conditions: { from: from.conditions, to: grant.conditions },
    actions: [pair('action')],
    resources: [pair('resource')],
    grants: [grant],
  };
}

/** Rows that differ in nothing but `part` become one. */
function merged(rows: readonly GrantRow[], part: 'actions' | 'resources', other: 'actions' | 'resources'): GrantRow[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.kind, row.effect, row.principal, row.conditions, row[other]]));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const all = [first, ...others];
    const pairs = new Map(all.flatMap((row) => row[part]).map((pair) => [JSON.stringify(pair), pair]));
    const sorted = [...pairs].sort(([one], [another]) => (one < another ? -1 : 1)).map(([, pair]) => pair);
    return [{ ...first, [part]: sorted, grants: all.flatMap(({ grants }) => grants) }];
  });
}
