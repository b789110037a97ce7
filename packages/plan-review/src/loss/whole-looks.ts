import type { References } from '../plan/references.ts';
import { Hidden } from '../secrets/masked-value.ts';
import { differenceWords } from '../words/difference-words.ts';
import { firstOf } from '../words/markdown.ts';
import { holderOf } from './data-holders.ts';
import { type Protection, protectionOf } from './protections.ts';
import { differencesOf, isJudged } from './rule-looks.ts';
import type { Seen } from './seen.ts';

/** That it goes; a whole sentence. */
export function goneLooks({ type, action }: Seen): string[] {
  const gone = action === 'delete' ? protectionOf(type)?.gone : undefined;
  return gone === undefined ? [] : [` is destroyed: ${gone}`];
}

/** What protects, tells or lets in by all that it says: each change of it. */
export function wholeLooks(seen: Seen, references: References): string[] {
  const isHeld = seen.part !== undefined && holderOf(seen.type) !== undefined;
  const protection = protectionOf(seen.type) ?? (isHeld ? inTemplate : undefined);
  if (!protection) return [];
  if (seen.action !== 'update' && !seen.action.startsWith('replace')) return [];
  const { besides } = protection;
  const differences = differencesOf(seen, references).filter((difference) => {
    const { path, before, after } = difference;
    const steps = path.replaceAll(/\[\d+\]/g, '').split('.');
    const isBeside = steps.some((_, index) => besides?.test(steps.slice(0, index + 1).join('.')));
    // A front's own secret is another after each rotation, and the entry says so.
    const isRotated = steps[0] === 'origin' && before instanceof Hidden && after instanceof Hidden;
    const isTarget = seen.type === 'aws_cloudwatch_event_target' && path === 'arn';
    return (isTarget || !harmless.test(path)) && !isBeside && !isRotated && !isJudged(seen, difference);
  });
  if (differences.length === 0) return [];
  const told = firstOf(
    differences.map((difference) => differenceWords(difference)),
    8,
  );
  return [`${protection.other} (${told})`];
}

/** Of what holds data rules know what Terraform calls it, which CloudFormation often calls otherwise. */
const inTemplate: Protection = { of: /^/, other: 'is otherwise than before' };

/** Said for people, counted by the provider, or how it is called. */
const harmless =
  /^(?:arn|id|name|name_prefix|alarm_name|tags|tags_all|\w*description|comment|etag|timeouts|creation_time)(?:$|[.[])|\.label$/;
