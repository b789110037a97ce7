import { isArray, isEmpty, isRecord } from '../plan/attribute-differences.ts';
import type { Plan } from '../plan/plan.ts';
import type { References } from '../plan/references.ts';
import { Hidden, Unknown, type Value } from '../secrets/masked-value.ts';
import { code, counted, firstOf } from '../words/markdown.ts';
import { labelled, nameOf, nameWords, nounOf } from '../words/resource-words.ts';
import { attributeRules, type Rule } from './attribute-rules.ts';
import { expiryLooks } from './expiry-looks.ts';
import { firewallLooks } from './firewall-looks.ts';
import { frontLooks } from './front-looks.ts';
import { guardrailLooks } from './guardrail-looks.ts';
import { openingLooks } from './opening-looks.ts';
import { at, type Seen, seenIn } from './seen.ts';
import { silenceLooks } from './silence-looks.ts';
import { switchLooks } from './switch-looks.ts';

/** Changes that delete nothing today, but take away what would have saved it, or open what was closed; each as one sentence. */
export function weakenings(plan: Plan, references: References): string[] {
  const isNewHere = createdNames(plan);
  const told = seenIn(plan, references).flatMap((seen) => {
    const own = isNewHere(seen) ? [] : [...new Set(looks.flatMap((look) => look(seen)))].map((words) => `: ${words}`);
    return [...goneLooks(seen), ...own].map((sentence) => ({
      sentence,
      noun: nounOf(seen.change.type),
      name: nameWords(seen.change, references),
    }));
  });
  return [...Map.groupBy(told, ({ noun, sentence }) => `${noun}\n${sentence}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const names = [...new Set(group.map(({ name }) => name))];
    const who =
      names.length === 1 ? labelled(first.noun, first.name) : `${counted(names.length, '×', '×')} ${first.noun} (${firstOf(names, 10)})`;
    return [`${who}${first.sentence}.`];
  });
}

const looks: readonly ((seen: Seen) => readonly string[])[] = [
  ruleLooks,
  guardrailLooks,
  firewallLooks,
  frontLooks,
  expiryLooks,
  openingLooks,
  silenceLooks,
  switchLooks,
];

/** What keeps or deletes in something that this plan makes has nothing to delete yet. */
function createdNames({ changes }: Plan): (seen: Seen) => boolean {
  const created = changes.filter(({ action }) => action === 'create');
  return ({ type, action, after }) => {
    const [attribute, holder] = (Object.hasOwn(holders, type) && holders[type]) || [];
    if (action !== 'create' || attribute === undefined) return false;
    const name = at(after, attribute);
    return name instanceof Unknown || created.some((change) => change.type === holder && nameOf(change) === name);
  };
}

const holders: Readonly<Record<string, readonly [attribute: string, type: string]>> = {
  aws_ecr_lifecycle_policy: ['repository', 'aws_ecr_repository'],
  aws_s3_bucket_lifecycle_configuration: ['bucket', 'aws_s3_bucket'],
};

/** Resources that protect others, or tell people, by being there. */
function goneLooks({ type, action }: Seen): string[] {
  return action === 'delete' && Object.hasOwn(protections, type) ? [` is destroyed: ${protections[type]}`] : [];
}

const protections: Readonly<Record<string, string>> = {
  aws_backup_plan: 'no new backups are made by it',
  aws_backup_selection: 'what it named is no longer backed up',
  aws_bedrock_guardrail: 'nothing filters what the model is asked and answers',
  aws_budgets_budget: 'nobody is told when its sum is spent',
  aws_cloudfront_distribution: 'whoever came through it, Slack among them, reaches nothing any more',
  aws_cloudtrail: 'what is done in the account is no longer recorded',
  aws_cloudwatch_composite_alarm: 'nobody is told any more of what it watched',
  aws_cloudwatch_event_rule: 'nothing happens at its time or event any more',
  aws_cloudwatch_event_target: 'what its rule sees no longer gets there',
  aws_cloudwatch_log_delivery: 'these logs are no longer delivered',
  aws_cloudwatch_log_metric_filter: 'what it counted is no longer counted, and no alarm on it rings',
  aws_cloudwatch_log_subscription_filter: 'these logs are no longer passed on',
  aws_cloudwatch_metric_alarm: 'nobody is told any more of what it watched',
  aws_flow_log: 'what goes over the network is no longer recorded',
  aws_guardduty_detector: 'attacks are no longer looked for',
  aws_lambda_event_source_mapping: 'what comes is no longer worked on',
  aws_s3_bucket_public_access_block: 'the bucket can be opened to the public',
  aws_s3_bucket_server_side_encryption_configuration: 'new objects are no longer encrypted with the key it named',
  aws_s3_bucket_versioning: 'what is overwritten or deleted in the bucket is gone',
  aws_scheduler_schedule: 'nothing happens at its time any more',
  aws_sns_topic: 'whoever is subscribed to it hears nothing any more',
  aws_sns_topic_subscription: 'whoever it told hears nothing any more',
  aws_wafv2_web_acl: 'no firewall stands before what it protected',
  aws_wafv2_web_acl_logging_configuration: 'what the firewall stops is no longer recorded',
  aws_wafv2_web_acl_association: 'no firewall stands before what it protected',
};

function ruleLooks(seen: Seen): string[] {
  return attributeRules.filter((rule) => applies(rule, seen)).map((rule) => sentenceOf(rule, seen));
}

/** A new resource takes nothing away; only what opens it to everybody is said of it too. */
function applies({ type, path, isWeaker }: Rule, seen: Seen): boolean {
  const isNew = seen.action === 'create' && type !== undefined;
  const isThere = isNew || seen.action === 'update' || seen.action === 'replace';
  if (!isThere || (type !== undefined && type !== seen.type)) return false;
  const [before, after] = [at(seen.before, ...path), at(seen.after, ...path)];
  return ![before, after].some((value) => value instanceof Unknown || value instanceof Hidden) && isWeaker(before, after);
}

function sentenceOf({ path, says }: Rule, { action, before, after }: Seen): string {
  const shown = (action === 'create' ? [after] : [before, after]).map((side) => shownOf(at(side, ...path))).join(' → ');
  return `${says} (${code(path.join('.'))}: ${shown})`;
}

function shownOf(value: Value | undefined): string {
  if (isEmpty(value) || value === undefined) return 'nothing';
  if (isArray(value))
    return firstOf(
      value.map((item) => code(typeof item === 'string' ? item : '…')),
      3,
    );
  return isRecord(value) ? 'a block' : code(String(value));
}
