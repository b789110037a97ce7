import { ails, type Finding, lives } from '../../check/finding.ts';
import { type Check, GroundError } from '../check.ts';
import { askSlack } from '../slack-api.ts';

const part = 'scopes';
const again = 'pnpm slack-manifest, paste it under App Manifest, and install the app again';
const anywhere = 'https://vera.invalid/';

export const slackScopesCheck: Check = {
  part,
  asks: 'May the bot do in Slack what Vera does there, and is it an agent?',
  rights: ['secretsmanager:GetSecretValue'],
  concerns: () => true,
  async look(patient) {
    const token = (await patient.keys()).SLACK_BOT_TOKEN;
    if (!token) throw new GroundError('there is no SLACK_BOT_TOKEN', 'pnpm vera secrets SLACK_BOT_TOKEN');
    const { headers } = await askSlack(patient, { method: 'auth.test', token });
    const told = headers.get('x-oauth-scopes');
    if (told === null) throw new GroundError('Slack does not tell the scopes of the token', 'ask again');
    const granted = told.split(',').map((scope) => scope.trim());
    const meant = patient.sources.slackManifest(anywhere, undefined).oauth_config?.scopes?.bot ?? [];
    const missing = meant.filter((scope) => !granted.includes(scope));
    const others = missing.filter((scope) => scope !== 'assistant:write');
    const faults: Finding[] = [];
    if (missing.length > others.length)
      faults.push(
        ails(
          part,
          'the app is no agent in Slack (assistant:write): no Stop button, no suggested questions',
          `${again}; a plan of Slack's without agents cannot have it`,
        ),
      );
    if (others.length > 0)
      faults.push(ails(part, `the token may not ${others.join(', ')}: the app was installed with an earlier manifest`, again));
    return faults.length > 0 ? faults : [lives(part, `it has the ${meant.length} that Vera uses`)];
  },
};
