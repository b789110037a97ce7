import { ails, type Finding, lives, unseen } from '../../check/finding.ts';
import { addressesOf, addressRight } from '../addresses-of.ts';
import { type Check, GroundError, type Patient, type SlackManifest } from '../check.ts';
import { askSlack } from '../slack-api.ts';

const part = 'slack app';
const paste = 'pnpm slack-manifest --receiver-url … --portal-url …, and paste it under App Manifest';

/** https://docs.slack.dev/reference/methods/apps.manifest.export takes a configuration token, which is a person's and lasts twelve hours. */
export const slackManifestCheck: Check = {
  part,
  asks: 'Does Slack send events, clicks and commands where the receiver is, Stop among them?',
  rights: [addressRight, 'secretsmanager:GetSecretValue'],
  concerns: ({ isLocal }) => !isLocal,
  async look(patient) {
    const { slackConfigToken } = patient;
    if (!slackConfigToken)
      return [
        unseen(
          part,
          'could not be checked: Slack tells what an app is told of only for a configuration token',
          'https://api.slack.com/apps → Your App Configuration Tokens, then SLACK_CONFIG_TOKEN=… pnpm vera doctor',
        ),
      ];
    const [{ receiver, portal }, found] = await Promise.all([addressesOf(patient), exported(patient, slackConfigToken)]);
    if (receiver === undefined) throw new GroundError('the receiver has no address', 'pnpm cdktf deploy receiver');
    const faults = faultsOf(found, patient.sources.slackManifest(receiver, portal), receiver);
    return faults.length > 0 ? faults : [lives(part, 'it sends all that Vera answers to the receiver')];
  },
};

async function exported(patient: Patient, token: string): Promise<SlackManifest> {
  const bot = (await patient.keys()).SLACK_BOT_TOKEN ?? '';
  const { body: own } = await askSlack(patient, { method: 'auth.test', token: bot });
  const { body: info } = await askSlack(patient, { method: 'bots.info', token: bot, form: { bot: String(own.bot_id) } });
  const app_id = (info.bot as { readonly app_id?: string } | undefined)?.app_id ?? '';
  const { body } = await askSlack(patient, { method: 'apps.manifest.export', token, form: { app_id } });
  return body.manifest as SlackManifest;
}

function faultsOf(found: SlackManifest, meant: SlackManifest, receiver: string): Finding[] {
  const { event_subscriptions: events, interactivity, socket_mode_enabled: socket, token_rotation_enabled: rotates } = found.settings ?? {};
  const missing = (meant.settings?.event_subscriptions?.bot_events ?? []).filter((event) => !events?.bot_events?.includes(event));
  const others = missing.filter((event) => event !== 'agent_session_stopped');
  const commands = meant.features?.slash_commands?.filter(
    ({ command }) => !found.features?.slash_commands?.some((one) => one.command === command && one.url === receiver),
  );
  const shortcuts = meant.features?.shortcuts?.filter(
    ({ callback_id: id }) => !found.features?.shortcuts?.some((one) => one.callback_id === id),
  );
  const redirects = meant.oauth_config?.redirect_urls?.filter((url) => !found.oauth_config?.redirect_urls?.includes(url));
  const told: readonly (readonly [is: unknown, words: string, remedy?: string])[] = [
    [socket, 'socket mode is on: nothing comes to the receiver', 'the Slack app → Socket Mode → off'],
    [
      rotates,
      'token rotation is on: the bot token ends after twelve hours',
      'it cannot be switched off: make the app anew from pnpm slack-manifest',
    ],
    [events?.request_url !== receiver, `events go to ${events?.request_url ?? 'nowhere'}, and the receiver is at ${receiver}`],
    [
      !interactivity?.is_enabled || interactivity.request_url !== receiver,
      `clicks go to ${interactivity?.is_enabled ? interactivity.request_url : 'nowhere'}, and the receiver is at ${receiver}`,
    ],
    [missing.length > others.length, 'the Stop button reaches nobody: agent_session_stopped is not subscribed'],
    [others.length > 0, `Vera is not told of ${others.join(', ')}`],
    [!found.features?.agent_view && meant.features?.agent_view, 'the app is not declared as an agent'],
    [commands?.length, `the command ${commands?.[0]?.command} is missing, or goes elsewhere`],
    [shortcuts?.length, 'the shortcut in the menu of a message is missing'],
    [redirects?.length, `Sign in with Slack may not come back to ${redirects?.[0]}`],
  ];
  return told.flatMap(([is, words, remedy = paste]) => (is ? [ails(part, words, remedy)] : []));
}
