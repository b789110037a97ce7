import { shorten, textLimits } from '@vera/protocol/shorten';
import type { ListedTool } from './list-tools.ts';

/** `pagerduty___listOnCalls` → `list on calls` */
export function humanName({ name, title, annotations }: ListedTool): string {
  const given = title?.trim() || annotations?.title?.trim();
  if (given) return shorten(given, textLimits.name);
  const own = name.split('___').at(-1) ?? name;
  const words = own.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[^a-zA-Z0-9]+/g, ' ');
  return shorten(words.trim().toLowerCase(), textLimits.name) || 'a tool';
}
