import { parseArgs } from 'node:util';
import { type SlackUse, signInScopes, slackAccessOf } from './slack-access.ts';
import { slackManifestOf } from './slack-manifest.ts';

export interface PrintParams {
  readonly settings: { readonly botName: string; readonly company?: string; readonly readsSlack: boolean };
  readonly args: readonly string[];
  /** Takes the manifest alone, so that it can be piped. */
  readonly print: (text: string) => void;
  readonly hint: (text: string) => void;
}

/** The command `pnpm slack-manifest`. Returns the exit code. */
export function printSlackManifest({ settings, args, print, hint }: PrintParams): number {
  try {
    const options = optionsOf(args);
    const { help: isHelp, 'receiver-url': receiverUrl = placeholder, 'portal-url': portalUrl, 'without-agent': withoutAgent } = options;
    if (isHelp) {
      print(help);
      return 0;
    }
    print(JSON.stringify(slackManifestOf({ ...settings, receiverUrl, portalUrl, agent: !withoutAgent }), null, 2));
    const steps = receiverUrl === placeholder ? beforeDeployment : afterDeployment;
    hint(
      [...reasons({ ...settings, agent: !withoutAgent }, portalUrl), '', ...steps, ...(portalUrl === undefined ? withoutPortal : [])].join(
        '\n',
      ),
    );
    return 0;
  } catch (error) {
    hint(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 1;
  }
}

/** Slack takes it when the app is made, and knows that it is not verified. The name can never exist (RFC 2606). */
const placeholder = 'https://not-deployed-yet.invalid/';

const help = `Prints the manifest of the Slack app, made from the settings of VERA_ENVIRONMENT.

Usage: pnpm slack-manifest [options] > manifest.json

  --receiver-url URL  the receiver's function URL; without it a placeholder stands there
  --portal-url URL    the auth portal's function URL, for Sign in with Slack
  --without-agent     for a workspace whose plan has no agent features
  --help              show this text`;

const beforeDeployment = [
  'The receiver has no URL before it is deployed, so a placeholder stands in its place:',
  '1. https://api.slack.com/apps → Create New App → From a manifest. Slack says that the URL is not verified: later.',
  '2. Install the app; put its bot token and signing secret into the secret; deploy.',
  "3. Run this again with --receiver-url and the receiver's URL, paste it under App Manifest, and let Slack verify the URL there.",
];

const afterDeployment = [
  'https://api.slack.com/apps → the app → App Manifest: paste, save, and let Slack verify the URL; the receiver must be running.',
  'Slack asks to install the app again when scopes changed.',
];

const withoutPortal = [
  "People's own accounts need --portal-url, too: without it nobody can sign in at the auth portal, not even where an earlier manifest let them.",
];

function optionsOf(args: readonly string[]) {
  return parseArgs({
    // pnpm hands on the "--" of "pnpm slack-manifest -- --help".
    args: args.filter((arg) => arg !== '--'),
    options: {
      help: { type: 'boolean', short: 'h' },
      'receiver-url': { type: 'string' },
      'portal-url': { type: 'string' },
      'without-agent': { type: 'boolean' },
    },
  }).values;
}

function reasons(use: SlackUse, portalUrl: string | undefined): string[] {
  const { scopes, events } = slackAccessOf(use);
  const signIn = portalUrl === undefined ? [] : ['What Sign in with Slack asks of a person:', ...linesOf(signInScopes)];
  return [`What the app may do, and what for:`, ...linesOf(scopes), ...signIn, 'What Slack tells it of:', ...linesOf(events)];
}

function linesOf(reasonOf: Readonly<Record<string, string>>): string[] {
  return Object.entries(reasonOf).map(([name, reason]) => `  ${name.padEnd(21)}  ${reason}`);
}
