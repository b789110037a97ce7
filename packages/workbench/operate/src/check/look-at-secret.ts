import { cleanSecret } from '../secrets/clean-secret.ts';
import { neededSecrets } from '../secrets/enter-secrets.ts';
import { judgeSecrets, type Origins } from '../secrets/judge-secrets.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { UsageError } from '../usage-error.ts';
import { ails, type Finding, lives } from './finding.ts';

const part = 'secret';
const enter = (names: readonly string[]) => `pnpm vera secrets ${names.join(' ')}`;

/** Whether the keys without which nothing starts are there, are what they should be, and are known to Slack. */
export async function lookAtSecret(store: Pick<SecretStore, 'read'>, origins: Origins): Promise<Finding> {
  try {
    const keys = await store.read();
    const missing = neededSecrets.filter((name) => !keys[name]);
    if (missing.length > 0) return ails(part, `it lacks ${missing.join(', ')}`, enter(missing));
    for (const name of neededSecrets) {
      const cleaned = cleanSecret(name, keys[name] ?? '');
      if (cleaned.kind === 'refused') return ails(part, `${name}: ${cleaned.why}`, enter([name]));
      if (cleaned.value !== keys[name]) return ails(part, `${name} has quotes or blanks around it`, enter([name]));
    }
    const judged = await judgeSecrets({ SLACK_BOT_TOKEN: keys.SLACK_BOT_TOKEN ?? '' }, origins);
    if (judged?.kind === 'wrong') return ails(part, judged.words, enter(['SLACK_BOT_TOKEN']));
    if (judged?.kind === 'unknown') return ails(part, judged.words, 'look whether this machine reaches slack.com, and ask again');
    return lives(part, `has what Vera needs; ${judged?.words ?? ''}`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [words = '', remedy = 'see what AWS says, and ask again'] = error.message.split(' Remedy: ');
    return ails(part, words, remedy);
  }
}
