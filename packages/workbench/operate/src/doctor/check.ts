import type { Description } from '@vera/worker/describe-servers';
import type { Finding } from '../check/finding.ts';
import type { DeployedSettings } from '../deployment.ts';
import type { Clients } from './clients.ts';
import type { RoleDocuments } from './role-documents.ts';

/** One question about what runs, and who answers it. */
export interface Check {
  /** What is looked at, in a word or two. */
  readonly part: string;
  /** The question it asks. */
  readonly asks: string;
  /** What it needs, of whoever runs it, as IAM knows it. */
  readonly rights: readonly string[];
  /** False: there is no such thing here, so that nothing is said of it. */
  readonly concerns: (patient: Patient) => boolean;
  /** At least one finding. What it throws is told as what could not be looked at. */
  readonly look: (patient: Patient) => Promise<readonly Finding[]>;
}

/** What is looked at, and what is known of it beforehand. */
export interface Patient {
  readonly isLocal: boolean;
  readonly region: string;
  /** Undefined on this machine, which has none. */
  readonly settings: DeployedSettings | undefined;
  readonly environment: string;
  readonly portalUrl: string | undefined;
  readonly front: { readonly receiver: string; readonly portal: string } | undefined;
  readonly nameOf: (role: string) => string;
  readonly clients: Clients;
  readonly slackApi: string | undefined;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** Of the secret, read once; empty where nothing was put in yet. */
  readonly keys: () => Promise<Readonly<Record<string, string>>>;
  /** The worker that the invoker calls, found once. */
  readonly worker: () => Promise<Worker>;
  /** Opens the MCP servers that a key opens, as the worker would. */
  readonly describeServers: () => Promise<Description>;
  /** A configuration token of Slack's, where somebody gave one. */
  readonly slackConfigToken: string | undefined;
  /** What the sources here come to. */
  readonly sources: Sources;
}

export interface Sources {
  /** Of the worker's image, as they would be built now. */
  readonly imageTag: () => string;
  /** The manifest of the Slack app with these addresses. */
  readonly slackManifest: (receiverUrl: string, portalUrl: string | undefined) => SlackManifest;
  /** Of the image. */
  readonly dockerfile: () => string;
  /** What each role that the settings name has to trust and allow, by ARN. */
  readonly roleDocuments: () => Readonly<Record<string, RoleDocuments>>;
}

export interface SlackManifest {
  readonly features?: {
    readonly agent_view?: unknown;
    readonly slash_commands?: readonly { readonly command?: string; readonly url?: string }[];
    readonly shortcuts?: readonly { readonly callback_id?: string }[];
  };
  readonly oauth_config?: { readonly redirect_urls?: readonly string[]; readonly scopes?: { readonly bot?: readonly string[] } };
  readonly settings?: {
    readonly event_subscriptions?: { readonly request_url?: string; readonly bot_events?: readonly string[] };
    readonly interactivity?: { readonly is_enabled?: boolean; readonly request_url?: string };
    readonly socket_mode_enabled?: boolean;
    readonly token_rotation_enabled?: boolean;
  };
}

/** What the invoker calls, as AWS has it, with the variables it runs with. */
export type Worker = { readonly variables: Readonly<Record<string, string>> } & (
  | { readonly on: 'agentcore'; readonly arn: string; readonly runtime: RuntimeState; readonly endpoint: EndpointState }
  | { readonly on: 'lambda'; readonly functionName: string }
);

export interface RuntimeState {
  readonly id: string;
  readonly status: string;
  /** The one that the endpoint serves. */
  readonly version: string;
  readonly latestVersion: string;
  readonly platform: string | undefined;
  readonly image: string | undefined;
  readonly why: string | undefined;
}

export interface EndpointState {
  readonly name: string;
  readonly status: string;
  readonly why: string | undefined;
}

/** What a check rests on is not there: what it is, and what helps. */
export class GroundError extends Error {
  readonly code = 'no-ground';
  readonly remedy: string;

  constructor(words: string, remedy: string) {
    super(words);
    this.remedy = remedy;
  }
}
