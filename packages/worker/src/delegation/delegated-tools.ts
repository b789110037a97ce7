import { findToolsName, fitTools } from '../tools/fit-tools.ts';
import type { Tool } from '../tools/tool.ts';

/** What is shown to a helper is what runs for it: nothing hidden, nothing that leads to other tools, and no helpers of its own. */
export function delegatedTools(tools: readonly Tool[], patterns: readonly string[], about: string): readonly Tool[] {
  const named = tools.filter(({ name }) => patterns.some((pattern) => isNamed(pattern, name)));
  return fitTools({ always: [], others: named, about }).filter(
    ({ name, isHidden, behind }) => !isHidden && !behind && name !== findToolsName,
  );
}

function isNamed(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === first;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let middle = name.slice(first.length, name.length - last.length);
  return rest.every((part) => {
    const at = middle.indexOf(part);
    middle = middle.slice(at + part.length);
    return at !== -1;
  });
}
