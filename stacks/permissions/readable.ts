import type { Statement } from './deployed-roles.ts';
import type { Deployment } from './deployment-of.ts';

type Place = Pick<Deployment, 'account' | 'region'>;

/** An ARN without what goes without saying: `dynamodb` and then `table/vera-ledger`, with the region where it is another one. */
export function readableResource(arn: string, { account, region }: Place): string {
  if (arn === '*') return '`*`';
  const [, , service = '', where = '', owner = '', ...rest] = arn.split(':');
  const foreign = where === '*' ? ' in any region' : ` in ${where}`;
  const stranger = owner === '' || owner === account ? '' : ` of account ${owner}`;
  return `${service} \`${rest.join(':')}\`${where === '' || where === region ? '' : foreign}${stranger}`;
}

const verbs: Readonly<Record<string, string>> = { StringEquals: 'is', StringLike: 'is like', ArnLike: 'is like' };

/** Conditions as a sentence's part: `kms:ViaService` is this or that, and so on. */
export function readableConditions({ Condition = {} }: Pick<Statement, 'Condition'>): string {
  return Object.entries(Condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => {
        const named = [values].flat().map((value) => `\`${value}\``);
        return `\`${key}\` ${verbs[operator] ?? operator} ${named.join(' or ')}`;
      }),
    )
    .join(' and ');
}

/** Who may take a role on. */
export function readableTrust({ Principal, ...statement }: Statement): string {
  const [who] = Object.values(Principal as Record<string, string>);
  const when = readableConditions(statement);
  return `\`${who}\`${when ? `, when ${when}` : ''}`;
}
