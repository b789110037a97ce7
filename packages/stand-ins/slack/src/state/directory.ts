import type { Workspace, WorkspaceChannel, WorkspaceUser } from '../workspace.ts';

/** Who and where there is: the workspace as given, direct messages opened since, and the bot under its present name. */
export class Directory {
  private readonly given: Workspace;
  private botName: string;
  private opened: WorkspaceChannel[] = [];
  /** Who came into a channel since, by its id. */
  private readonly joined = new Map<string, readonly string[]>();

  constructor(given: Workspace) {
    this.given = given;
    this.botName = given.botName;
  }

  get workspace(): Workspace {
    return {
      ...this.given,
      botName: this.botName,
      channels: [...this.given.channels.map((channel) => this.present(channel)), ...this.opened],
    };
  }

  renameBot(name: string): void {
    this.botName = name;
  }

  /** The app's own bot is a user like any other. */
  user(id: string): WorkspaceUser | undefined {
    if (id !== this.given.botUserId) return this.given.users.find((user) => user.id === id);
    return { id, name: this.botName.toLowerCase().replaceAll(' ', '_'), realName: this.botName, botId: this.given.botId };
  }

  channel(id: string): WorkspaceChannel | undefined {
    const given = this.given.channels.find((channel) => channel.id === id);
    return given ? this.present(given) : this.opened.find((channel) => channel.id === id);
  }

  /** Gives the channel with its new member. */
  join(id: string, user: string): WorkspaceChannel {
    const channel = this.channel(id);
    if (!channel || isDirect(channel) || channel.members.includes(user)) throw new Error(`${user} cannot be invited into ${id}`);
    this.joined.set(id, [...(this.joined.get(id) ?? []), user]);
    return { ...channel, members: [...channel.members, user] };
  }

  private present(channel: WorkspaceChannel): WorkspaceChannel {
    const since = this.joined.get(channel.id);
    return since ? { ...channel, members: [...channel.members, ...since] } : channel;
  }

  /** The direct conversation of exactly these people and the bot, if there is one. */
  conversationOf(users: readonly string[]): WorkspaceChannel | undefined {
    const members = new Set([...users, this.given.botUserId]);
    return this.workspace.channels.find(
      (channel) => isDirect(channel) && new Set(channel.members).size === members.size && channel.members.every((id) => members.has(id)),
    );
  }

  openConversation(users: readonly string[]): WorkspaceChannel {
    const found = this.conversationOf(users);
    if (found) return found;
    const isOne = users.length === 1;
    const id = `${isOne ? 'D' : 'G'}${users.map((user) => user.slice(1)).join('')}`;
    const name = isOne ? (users[0] ?? '') : `mpdm-${users.join('--')}`;
    const channel: WorkspaceChannel = { id, name, kind: isOne ? 'im' : 'mpim', members: [...users, this.given.botUserId] };
    this.opened.push(channel);
    return channel;
  }

  openedSince(): readonly WorkspaceChannel[] {
    return this.opened;
  }

  load(opened: readonly WorkspaceChannel[]): void {
    this.opened = [...opened];
  }
}

export function isDirect({ kind }: WorkspaceChannel): boolean {
  return kind === 'im' || kind === 'mpim';
}
