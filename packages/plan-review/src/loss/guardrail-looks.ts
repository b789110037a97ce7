import { isArray } from '../plan/attribute-differences.ts';
import { Hidden, textsOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import { at, blocksAt, type Seen } from './seen.ts';

/** What a guardrail no longer looks for, or does less about; each as one sentence. */
export function guardrailLooks({ type, action, before, after }: Seen): string[] {
  if (type !== 'aws_bedrock_guardrail' || (action !== 'update' && action !== 'replace')) return [];
  return policies.flatMap((policy) => {
    const [old, next] = [at(before, ...policy.path), at(after, ...policy.path)];
    if ([old, next].some((side) => side instanceof Hidden || side instanceof Unknown))
      return [`what it looks for cannot be compared (${code(policy.path[0] ?? '')})`];
    const left = new Map(blocksAt(after, ...policy.path).map((entry) => [keyOf(entry, policy), entry]));
    return blocksAt(before, ...policy.path).flatMap((entry) => {
      const key = keyOf(entry, policy);
      const name = `${policy.noun} ${code(key)}`;
      const successor = left.get(key);
      return successor === undefined ? [`the ${name} is taken out`] : differing(entry, successor).map((words) => `the ${name} ${words}`);
    });
  });
}

type Policy = { readonly path: readonly string[]; readonly key: string; readonly noun: string };

const policies: readonly Policy[] = [
  { path: ['content_policy_config', 'filters_config'], key: 'type', noun: 'filter' },
  { path: ['topic_policy_config', 'topics_config'], key: 'name', noun: 'topic' },
  { path: ['word_policy_config', 'words_config'], key: 'text', noun: 'word' },
  { path: ['word_policy_config', 'managed_word_lists_config'], key: 'type', noun: 'list of words' },
  { path: ['sensitive_information_policy_config', 'pii_entities_config'], key: 'type', noun: 'kind of personal data' },
  { path: ['sensitive_information_policy_config', 'regexes_config'], key: 'name', noun: 'pattern' },
  { path: ['contextual_grounding_policy_config', 'filters_config'], key: 'type', noun: 'check of grounding' },
  { path: ['automated_reasoning_policy_config'], key: 'confidence_threshold', noun: 'check by reasoning' },
];

function keyOf(entry: Value, { key }: Policy): string {
  const value = valueAt(entry, key);
  return value instanceof Hidden ? '(not shown)' : String(value ?? '');
}

/** From what lets everything pass to what lets least. What is not said at all comes first, but for an entry that has only an action. */
const orders: readonly (readonly [RegExp, readonly string[]])[] = [
  [/_strength$/, ['NONE', 'LOW', 'MEDIUM', 'HIGH']],
  [/(?:^|_)action$/, ['NONE', 'ANONYMIZE', 'BLOCK']],
  [/_enabled$/, ['false', 'true']],
];

function differing(before: Value, after: Value): string[] {
  const attributes = typeof before === 'object' && before !== null ? Object.keys(before) : [];
  return attributes.flatMap((attribute) => {
    const [old, next] = [valueAt(before, attribute), valueAt(after, attribute)];
    const shown = [old, next].map((value) => (value === null || value === undefined ? 'nothing' : code(String(value)))).join(' → ');
    if (isArray(old ?? null)) return fewerIn(attribute, old ?? null, next);
    // Whether another description finds less nobody can tell.
    if (typeof old === 'string' && old !== next && orderOf(attribute) === undefined && attribute !== 'description')
      return [`looks for something else (${code(attribute)}: ${shown})`];
    return isWeaker(attribute, old, next) ? [`is weaker (${code(attribute)}: ${shown})`] : [];
  });
}

/** Of kinds of content, or of examples. */
function fewerIn(attribute: string, old: Value, next: Value | undefined): string[] {
  const left = textsOf(next ?? null);
  const gone = next instanceof Unknown ? [] : textsOf(old).filter((text) => !left.includes(text));
  return gone.length === 0 ? [] : [`no longer looks at ${gone.map((text) => code(text)).join(', ')} (${code(attribute)})`];
}

function orderOf(attribute: string): readonly string[] | undefined {
  return orders.find(([names]) => names.test(attribute))?.[1];
}

function isWeaker(attribute: string, old: Value | undefined, next: Value | undefined): boolean {
  if (old === null || old === undefined || old === next || next instanceof Unknown) return false;
  if (typeof old === 'number') return attribute === 'threshold' && (typeof next !== 'number' || next < old);
  const order = orderOf(attribute);
  // AWS blocks, and looks, where nothing is said.
  const place = (value: Value | undefined) =>
    value === null || value === undefined || value === '' ? (order?.length ?? 0) : (order?.indexOf(String(value)) ?? -1);
  return order !== undefined && place(next) < place(old);
}
