import type { DescribedTools } from '@vera/worker/describe-tools';
import { chosen, counted, tellServer, wrapped } from './tell-tools.ts';

/** Each tool, with what it does, in whose account, and whether the model gets it. */
export interface ToldTool {
  readonly name: string;
  /** `vera`, or the server's name. */
  readonly of: string;
  readonly kind: 'read' | 'write' | 'show' | 'hand-on' | 'denied';
  /** `own`: Vera's own rights; `company`: the company's key; otherwise whose account of the person who asks. */
  readonly account: string;
  readonly isOffered: boolean;
}

export function toldTools({ tools, servers }: DescribedTools): readonly ToldTool[] {
  return [
    ...tools.map(({ name, kind, account = 'own' }) => ({ name, of: 'vera', kind, account, isOffered: true })),
    ...servers.flatMap(({ name: of, actsAs = 'company', tools: listed }) =>
      listed.map(({ alias: name, kind, offered }) => ({
        name,
        of,
        kind,
        account: kind === 'write' ? actsAs : 'company',
        isOffered: offered !== 'not',
      })),
    ),
  ];
}

export function isWriting({ kind, isOffered }: ToldTool): boolean {
  return kind === 'write' && isOffered;
}

/** All of it for a person, what changes something first. `onlyWrites`: and nothing else. */
export function tellAllTools(described: DescribedTools, onlyWrites: boolean): string {
  const told = toldTools(described);
  const parts = [summary(described, told)];
  if (!onlyWrites) {
    parts.push(tellOwn(described), ...described.servers.map(tellServer));
    if (!described.fits) parts.push(`More than fit into the model's list: ${chosen}`);
  }
  return `${parts.join('\n\n')}\n`;
}

/** Which tools can change something, as whom, and after whose yes. */
function summary({ approvers, servers, without }: DescribedTools, told: readonly ToldTool[]): string {
  const writes = told.filter(isWriting);
  const idle = told.filter(({ kind, isOffered }) => kind === 'write' && !isOffered).length;
  const unseen = servers.filter(({ failure, note }) => failure !== undefined || note !== undefined);
  const yes = approvers.length === 0 ? 'after their yes' : `after the yes of ${approvers.join(' or ')}`;
  const what =
    writes.length === 0
      ? 'None of them changes anything in another system.'
      : `${writes.length} can change something in another system, each only with the account of the person who asked, and ${yes} ` +
        `to a card that shows what will be done:\n${wrapped(writes.map(({ name }) => name))}`;
  const lines = [`${counted(told.filter(({ isOffered }) => isOffered).length, 'tool')}. ${what}`];
  if (idle > 0) lines.push(`${counted(idle, 'tool')} of servers may change something too, and ${idle === 1 ? 'is' : 'are'} not offered.`);
  for (const provider of without)
    lines.push(`Those with people’s ${nameOf(provider)} accounts are off: the keys of its app are not in the secret.`);
  if (unseen.length > 0) lines.push(`Not counted, for their tools are not seen from here: ${unseen.map(({ title }) => title).join(', ')}.`);
  return lines.join('\n');
}

function tellOwn({ tools, approvers }: DescribedTools): string {
  const yes = approvers.length === 0 ? 'after their yes' : 'after the yes of an approver';
  const headings: Readonly<Record<string, string>> = {
    read: 'reads',
    write: 'writes',
    show: 'shows or keeps something of Vera’s own for the person who asks',
    'hand-on': 'has a helper work on it, with tools that are listed here',
  };
  const groups = Map.groupBy(tools, ({ kind, account }) => {
    const as =
      account === undefined ? '' : `, with the ${nameOf(account)} account of the person who asks${kind === 'write' ? `, ${yes}` : ''}`;
    return `${headings[kind]}${as}`;
  });
  const lines = [...groups].map(([heading, group]) => `  ${heading} (${group.length}):\n${wrapped(group.map(({ name }) => name))}`);
  return [`Vera’s own: ${counted(tools.length, 'tool')}`, ...lines].join('\n');
}

const names: Readonly<Record<string, string>> = { atlassian: 'Atlassian', github: 'GitHub' };

function nameOf(provider: string): string {
  return names[provider] ?? provider;
}
