import { UsageError } from '../usage-error.ts';
import { cleanSecret } from './clean-secret.ts';
import type { Prompt } from './create-prompt.ts';

export interface GatewayKeysParams {
  readonly prompt: Prompt;
  readonly tell: (line: string) => void;
  /** Variables of Terraform, as the settings have them: `TF_VAR_jira_api_key`. */
  readonly variables: readonly string[];
}

type Keys = Readonly<Record<string, string>>;

const mostTries = 3;

/** Asks for what the gateway calls its targets with, in the form that each of them takes. What is left out is in no answer. */
export async function askGatewayKeys({ prompt, tell, variables }: GatewayKeysParams): Promise<Keys> {
  if (variables.length === 0) throw new UsageError('These settings have no key of a gateway.');
  if (prompt.isPerson) tell('Paste each, then Enter; nothing of it is shown. Enter alone leaves out that of a target that has its key.\n');
  const keys: Record<string, string> = {};
  for (const variable of variables) {
    const key = await ask({ prompt, tell, variable, known: keys });
    if (key !== undefined) keys[variable] = key;
  }
  return keys;
}

interface Asked extends Omit<GatewayKeysParams, 'variables'> {
  readonly variable: string;
  readonly known: Keys;
}

/** A person is asked again; what came from a pipe is refused as a whole. */
async function ask({ prompt, tell, variable, known }: Asked): Promise<string | undefined> {
  const name = variable.replace(/^TF_VAR_/, '');
  const twin = name === 'confluence_api_key' ? known.TF_VAR_jira_api_key : undefined;
  for (let tries = 1; ; tries += 1) {
    const pasted = await prompt.ask(`${name} (${kindOf(name).where}${twin === undefined ? '' : '; Enter alone: the same as for Jira'})`);
    if (pasted === undefined || pasted.trim() === '') return twin;
    const cleaned = cleanSecret(name, pasted);
    const made = cleaned.kind === 'clean' ? kindOf(name).made(cleaned.value) : undefined;
    if (made !== undefined) return made;
    tell(`  refused: ${name}: ${cleaned.kind === 'refused' ? cleaned.why : kindOf(name).why}`);
    if (!prompt.isPerson || tries === mostTries) throw new UsageError('Nothing was deployed.');
  }
}

interface Kind {
  readonly where: string;
  /** As the gateway sends it; undefined where this cannot be it. */
  readonly made: (value: string) => string | undefined;
  readonly why: string;
}

function kindOf(name: string): Kind {
  if (name === 'pagerduty_api_key') return pagerDuty;
  return name === 'jira_api_key' || name === 'confluence_api_key' ? atlassian : ofServer;
}

/** "Token token=…": https://developer.pagerduty.com/docs/authentication */
const pagerDuty: Kind = {
  where: 'PagerDuty → Integrations → API Access Keys → read-only',
  made: (value) => `token=${value.replace(/^token=/i, '')}`,
  why: 'this cannot be it',
};

/** Basic authentication: https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/ */
const atlassian: Kind = {
  where: 'e-mail:API token of an account that may only read',
  made: (value) => {
    if (/^[^\s:@]+@[^\s:@]+:\S{8,}$/.test(value)) return Buffer.from(value).toString('base64');
    return /^[^\s:@]+@[^\s:@]+:\S{8,}$/.test(Buffer.from(value, 'base64').toString()) ? value : undefined;
  },
  why: 'the e-mail address stands before it, with a colon between: reader@company.example:ATATT…',
};

const ofServer: Kind = { where: 'of an MCP server behind the gateway', made: (value) => value, why: 'this cannot be it' };
