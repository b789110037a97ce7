import { isJsonObject } from '@vera/stand-in-kit/json-object';
import { jiraRefusal } from '../jira-refusal.ts';
import type { EntityProperties } from '../jira-state.ts';

/** The `properties` of a request that makes something: `[{ key, value }]`. */
export function readProperties(value: unknown): EntityProperties {
  if (value === undefined) return {};
  const isProperty = (one: unknown) => isJsonObject(one) && typeof one.key === 'string' && one.key.length <= 255 && one.value !== undefined;
  if (!Array.isArray(value) || !value.every(isProperty)) throw jiraRefusal(400, 'Invalid request payload: properties.');
  return Object.fromEntries(value.map(({ key, value: held }) => [key, held]));
}
