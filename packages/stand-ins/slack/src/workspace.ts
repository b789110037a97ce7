export interface Workspace {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botUserId: string;
  /** The Enterprise Grid organisation this workspace belongs to. */
  readonly enterpriseId?: string;
  readonly botId: string;
  readonly botName: string;
  readonly botToken: string;
  readonly signingSecret: string;
  /** Of the app's OAuth credentials; when left out, any will do. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** OAuth scopes of the bot token. Default: those of Vera's manifest. */
  readonly botScopes?: readonly string[];
  readonly users: readonly WorkspaceUser[];
  readonly channels: readonly WorkspaceChannel[];
}

export interface WorkspaceUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** Another workspace's person, in a shared channel. */
  readonly teamId?: string;
  /** The organisation of that workspace. */
  readonly enterpriseId?: string;
  /** With a bot id: a workflow, whose messages name no user. */
  readonly workflowId?: string;
  readonly title?: string;
  readonly timezone?: string;
  /** A guest, of many channels or of a single one: sees only the channels they are in. */
  readonly guest?: 'multi' | 'single';
  /** Deactivated: still known by id, and no member any more. */
  readonly isDeleted?: boolean;
  /** Met in no channel that the app sees; of people of other workspaces it is worked out where left out. */
  readonly isStranger?: boolean;
  /** Another app's bot user: posts carry this bot id. */
  readonly botId?: string;
  readonly email?: string;
}

export interface WorkspaceChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'im' | 'mpim';
  readonly members: readonly string[];
  readonly topic?: string;
  readonly isExtShared?: boolean;
  readonly isArchived?: boolean;
}
