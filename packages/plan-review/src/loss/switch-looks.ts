import { parsedOf } from '../json/json.ts';
import { isArray, isEmpty, isRecord } from '../plan/attribute-differences.ts';
import { Hidden, Unknown, type Value } from '../secrets/masked-value.ts';
import { code } from '../words/markdown.ts';
import type { Seen } from './seen.ts';

/** Settings by which a program shows its inside, or works without its guard, wherever in a resource they stand; each as one sentence. */
export function switchLooks({ type, action, before, after }: Seen): string[] {
  // The template is told by the runtime in it, and by where its members differ.
  if (action === 'no-op' || action === 'delete' || action === 'forget' || type === 'aws_cloudwatch_dashboard') return [];
  const [old, next] = [settingsIn(before), settingsIn(after)];
  const debugging = [...next].flatMap(([place, { name, value }]) =>
    showsInside(name, value) && !showsInside(name, old.get(place)?.value ?? null)
      ? [`shows its inside from now on: full requests and answers may stand in logs (${code(name)}: ${code(String(value))})`]
      : [],
  );
  const unguarded =
    isEmpty(after) || next.size === 0 ? [] : [...old].flatMap(([place, setting]) => guardLooks(setting, next.get(place)?.value ?? null));
  return [...new Set([...debugging, ...unguarded])];
}

/** The guardrail that a program uses: none, another, or one of its versions that anybody may change, or that was there before. */
function guardLooks({ name, value }: Setting, next: Scalar | Unknown): string[] {
  if (isOff(value) || !/guardrail.?(?:id|identifier|arn|version)$/i.test(name)) return [];
  if (isOff(next)) return [`works without its guardrail from now on (${code(name)} is empty)`];
  const change = `(${code(name)}: ${code(String(value))} → ${next instanceof Unknown ? 'known after apply' : code(String(next))})`;
  if (!/version$/i.test(name)) return value === next ? [] : [`works with another guardrail than before ${change}`];
  if (next === 'DRAFT' && value !== next) return [`works with a draft of its guardrail, which is another with each change of it ${change}`];
  return Number(next) < Number(value) ? [`works with an earlier version of its guardrail ${change}`] : [];
}

type Scalar = string | number | boolean | null;
type Setting = { readonly name: string; readonly value: Scalar | Unknown };

function showsInside(name: string, value: Scalar | Unknown): boolean {
  if (isOff(value) || value instanceof Unknown || /^arn:/.test(String(value))) return false;
  if (/exception.?level|log.?level|logging.?level|^rust_log$|log.?verbosity/i.test(name))
    return /^(?:debug|trace|all|silly|verbose)\b/i.test(String(value));
  if (/^node_options$/i.test(name)) return /--inspect/.test(String(value));
  return /debug|data_trace_enabled/i.test(name) || /^(?:trace|verbose)(?:_enabled)?$/i.test(name);
}

function isOff(value: Scalar | Unknown): boolean {
  return value === null || value === false || /^(?:|0|false|no|off|none|disabled)$/i.test(String(value).trim());
}

const deepest = 12;
const naming = ['name', 'key', 'Name', 'Key'];
const valuing = ['value', 'Value'];

/** Every name with its value, by where it stands; of a list of pairs the place is the name, so that another order is no change. */
function settingsIn(value: Value, place = '', found = new Map<string, Setting>(), depth = 0): Map<string, Setting> {
  if (depth > deepest || value instanceof Hidden || value instanceof Unknown) return found;
  if (isArray(value)) {
    for (const [index, item] of value.entries()) settingsIn(item, itemPlace(item, place, index), found, depth + 1);
    return found;
  }
  if (isRecord(value)) return settingsOfRecord(value, place, { found, depth });
  if (typeof value !== 'string') return found;
  const [, name, text] = /^([A-Za-z_][\w.-]{0,80})=(.{0,200})$/s.exec(value) ?? [];
  if (name !== undefined && text !== undefined) found.set(`${place}.${name}`, { name, value: text });
  const inside = parsedOf(value);
  return inside === undefined ? found : settingsIn(inside as Value, place, found, depth + 1);
}

type Walk = { readonly found: Map<string, Setting>; readonly depth: number };

function settingsOfRecord(value: Readonly<Record<string, Value>>, place: string, { found, depth }: Walk): Map<string, Setting> {
  const pair = pairIn(value);
  if (pair) found.set(`${place}.${pair.name}`, pair);
  for (const [name, inner] of Object.entries(value)) {
    const isScalar = typeof inner !== 'object' || inner === null || inner instanceof Unknown;
    // A text of its own is an attribute: what it holds as JSON is looked at besides.
    if (isScalar && !pair) found.set(`${place}.${name}`, { name, value: inner });
    if (!isScalar || typeof inner === 'string') settingsIn(inner, `${place}.${name}`, found, depth + 1);
  }
  return found;
}

function pairIn(value: Readonly<Record<string, Value>>): Setting | undefined {
  const name = naming.map((key) => value[key]).find((text) => typeof text === 'string');
  const given = valuing
    .map((key) => value[key])
    .find((one) => one !== undefined && (typeof one !== 'object' || one === null || one instanceof Unknown));
  return typeof name === 'string' && given !== undefined ? { name, value: given as Scalar | Unknown } : undefined;
}

function itemPlace(item: Value, place: string, index: number): string {
  return typeof item === 'string' || (isRecord(item) && pairIn(item)) ? place : `${place}[${index}]`;
}
