import { serversOf, toolKeysOf } from '@vera/worker/env';
import { ails, type Finding } from '../../check/finding.ts';
import { lookAtSecret } from '../../check/look-at-secret.ts';
import { cleanSecret } from '../../secrets/clean-secret.ts';
import type { Check, Patient } from '../check.ts';

const part = 'secret';
const pairs = ['SLACK', 'ATLASSIAN', 'GITHUB'].map((app) => [`${app}_CLIENT_ID`, `${app}_CLIENT_SECRET`] as const);

export const secretKeysCheck: Check = {
  part,
  asks: 'Are the keys there that are used, and are they no placeholders?',
  rights: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
  concerns: () => true,
  async look(patient) {
    const keys = await patient.keys();
    const needed = await lookAtSecret({ read: async () => keys }, { SLACK_API_URL: patient.slackApi });
    const faults = faultsOf(keys, patient);
    return needed.kind === 'lives' && faults.length > 0 ? faults : [needed, ...faults];
  },
};

/** Of those without which Vera starts: what nothing uses is nobody's business, and what is used has to be a key. */
function faultsOf(keys: Readonly<Record<string, string>>, { settings }: Patient): Finding[] {
  const ofServers = toolKeysOf(serversOf(settings?.mcpServers ?? []));
  const missing = ofServers.filter((name) => !keys[name]);
  const half = pairs.flatMap(([id, secret]) => {
    if (Boolean(keys[id]) === Boolean(keys[secret])) return [];
    const [there, absent] = keys[id] ? [id, secret] : [secret, id];
    return [ails(part, `${there} is there without ${absent}: nobody can connect an account`, enter(absent))];
  });
  const wrong = [...ofServers, ...pairs.flat()].flatMap((name) => {
    const cleaned = keys[name] ? cleanSecret(name, keys[name]) : undefined;
    if (cleaned?.kind === 'refused') return [ails(part, `${name}: ${cleaned.why}`, enter(name))];
    return cleaned && cleaned.value !== keys[name] ? [ails(part, `${name} has quotes or blanks around it`, enter(name))] : [];
  });
  return [...missing.map((name) => ails(part, `it lacks ${name}, which a server of mcpServers needs`, enter(name))), ...half, ...wrong];
}

function enter(name: string): string {
  return `pnpm vera secrets ${name}`;
}
