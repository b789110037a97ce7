import { ails, type Finding, lives, unseen } from '../../check/finding.ts';
import type { Check, Patient } from '../check.ts';
import { openedByKey } from '../opened-by-key.ts';

const part = 'tools';
const writes = /^(?:repo|public_repo|workflow|gist|user|delete_repo|project|delete:\w+|write:\w+|admin:\w+|codespace)$/;

export const mcpServersCheck: Check = {
  part,
  asks: 'Does each MCP server answer, and may the company’s keys only read?',
  rights: ['secretsmanager:GetSecretValue'],
  concerns: ({ settings }) => openedByKey(settings).length > 0,
  async look(patient) {
    const servers = openedByKey(patient.settings);
    const [keys, { servers: described }] = [await patient.keys(), await patient.describeServers()];
    const silent = described.flatMap(({ title, failure }) =>
      failure === undefined
        ? []
        : [ails(part, `${title} cannot be used: ${failure}`, 'pnpm vera tools; see its address, its key, and that its server runs')],
    );
    const known = servers.some(({ headers = {} }) => JSON.stringify(headers).includes('{GITHUB_TOKEN}'));
    const faults = [...silent, ...(known && keys.GITHUB_TOKEN ? await rightsOfGitHub(keys.GITHUB_TOKEN, patient) : [])];
    if (faults.length > 0) return faults;
    return [lives(part, `${described.map(({ title }) => title).join(', ')}: ${described.length === 1 ? 'it answers' : 'all answer'}`)];
  },
};

/** Of classic tokens GitHub tells the scopes with each answer. https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
async function rightsOfGitHub(token: string, { fetch }: Patient): Promise<readonly Finding[]> {
  const response = await fetch('https://api.github.com/rate_limit', {
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'vera' },
  });
  if (response.status === 401)
    return [ails(part, 'GitHub does not know GITHUB_TOKEN: it has ended, or was revoked', 'pnpm vera secrets GITHUB_TOKEN')];
  const told = response.headers.get('x-oauth-scopes');
  if (told === null)
    return [
      unseen(
        part,
        'could not be checked: GitHub does not tell what this GITHUB_TOKEN may do',
        'see at https://github.com/settings/personal-access-tokens that all of its permissions only read',
      ),
    ];
  const able = told
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => writes.test(scope));
  if (able.length === 0) return [];
  return [
    ails(
      part,
      `GITHUB_TOKEN can write (${able.join(', ')}), and Vera reads with it for everybody`,
      'make a fine-grained token that only reads; then pnpm vera secrets GITHUB_TOKEN',
    ),
  ];
}
