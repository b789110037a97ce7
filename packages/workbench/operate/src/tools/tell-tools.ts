import type { DescribedServer, DescribedTool, Description } from '@vera/worker/describe-servers';

/** What servers offer, in lines for a person: grouped, so that five hundred tools can still be read. */
export function tellTools({ servers, fits }: Description): string {
  const offered = servers.flatMap(({ tools }) => tools).filter((tool) => tool.offered !== 'not').length;
  const all = fits
    ? `${counted(offered, 'tool')} offered in all; they fit into the model's list.`
    : `${counted(offered, 'tool')} offered in all, more than fit into the model's list of 128: ${chosen}`;
  return `${[...servers.map(tellServer), all].join('\n\n')}\n`;
}

/** What becomes of tools where there are more than a model is shown. */
export const chosen = 'for each question those that suit it best are there, and find_tools finds the others.';

/** A line for each. */
export function tellBriefly({ servers }: Description): string {
  return servers.map((server) => `${tellServer(server).split('\n')[0]}\n`).join('');
}

export function tellServer({ name, title, tools, failure, note = failure }: DescribedServer): string {
  if (note !== undefined) return `${title} (${name}): ${note}`;
  const groups = Map.groupBy(tools, headingOf);
  const lines = [...groups].map(([heading, group]) => `  ${heading} (${group.length}):\n${wrapped(group.map(nameOf))}`);
  return [`${title} (${name}): ${counted(tools.length, 'tool')}`, ...lines].join('\n');
}

const kinds = { read: 'reads', write: 'writes', denied: 'denied' } as const;

function headingOf({ kind, because, offered, isLeftOut }: DescribedTool): string {
  if (isLeftOut) return 'left out, for no model takes their input';
  const as =
    kind === 'write' ? `; ${offered === 'not' ? 'not offered, as no actsAs says whose account they need' : `offered ${offered}`}` : '';
  return `${kinds[kind]}: ${because}${as}`;
}

/** With the name the model knows it by, where that is not the plain one. */
function nameOf({ name, alias }: DescribedTool): string {
  return alias.endsWith(`_${name}`) ? name : `${name} → ${alias}`;
}

const width = 110;

export function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of [...names].sort()) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 <= width) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(`    ${name}`);
  }
  return lines.join(',\n');
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
