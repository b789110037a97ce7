import { randomBytes } from 'node:crypto';
import type { SlackGrant } from '../contract.ts';
import type { SlackMessage } from '../slack-message.ts';
import type { Clock } from './clock.ts';

const triggerLasts = 3_000;
const responseUrlLasts = 30 * 60_000;
const responseUrlUses = 5;

/** Slack says "short-lived" and no more; chosen. */
const actionLasts = 15 * 60_000;

/** Where words at a response URL go. */
export interface ResponseTicket {
  readonly channel: string;
  readonly user: string;
  /** What was clicked; a command has none. */
  readonly message?: SlackMessage;
}

interface KeptTicket extends ResponseTicket {
  readonly until: number;
  uses: number;
}

/**
 * What an interaction or event hands to the app for later: trigger ids (three seconds, once), response URLs (half an hour, five times), and
 * action tokens, with which the app searches as the person who wrote the message.
 */
export class Tickets {
  private readonly triggers = new Map<string, { readonly until: number; used: boolean }>();
  private readonly responses = new Map<string, KeptTicket>();
  private readonly actions = new Map<string, { readonly user: string; readonly until: number }>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  issueAction(user: string): string {
    const token = this.newId();
    this.actions.set(token, { user, until: this.clock.now() + actionLasts });
    return token;
  }

  /** On whose behalf; undefined for a token that is none, or none any more. */
  actorOf(token: string): string | undefined {
    const action = this.actions.get(token);
    return action && this.clock.now() <= action.until ? action.user : undefined;
  }

  issueTrigger(): string {
    const id = this.newId();
    this.triggers.set(id, { until: this.clock.now() + triggerLasts, used: false });
    return id;
  }

  /** `ok` uses it up. */
  useTrigger(id: string): 'ok' | 'unknown' | 'expired' | 'exchanged' {
    const trigger = this.triggers.get(id);
    if (!trigger) return 'unknown';
    if (trigger.used) return 'exchanged';
    if (this.clock.now() > trigger.until) return 'expired';
    trigger.used = true;
    return 'ok';
  }

  /** Returns the path of the URL, which names what it came with, as in Slack: a click, a command, a shortcut on a message. */
  issueResponse(door: 'actions' | 'commands' | 'app-actions', teamId: string, ticket: ResponseTicket): string {
    const path = `/${door}/${teamId}/${Math.floor(this.clock.now())}/${randomBytes(18).toString('base64url')}`;
    this.responses.set(path, { ...ticket, until: this.clock.now() + responseUrlLasts, uses: 0 });
    return path;
  }

  useResponse(path: string): ResponseTicket | 'unknown' | 'expired' | 'used' {
    const ticket = this.responses.get(path);
    if (!ticket) return 'unknown';
    if (this.clock.now() > ticket.until) return 'expired';
    if (ticket.uses >= responseUrlUses) return 'used';
    ticket.uses += 1;
    return ticket;
  }

  clear(): void {
    this.triggers.clear();
    this.responses.clear();
    this.actions.clear();
  }

  /** In the form of Slack's. */
  private newId(): string {
    return `${Math.floor(this.clock.now())}.${randomBytes(4).readUInt32BE()}.${randomBytes(16).toString('hex')}`;
  }
}

/** OAuth codes, good once, and the tokens of people who signed in. */
export class Grants {
  private readonly codes = new Map<string, SlackGrant>();
  private readonly tokens = new Map<string, string>();

  issueCode(grant: SlackGrant): string {
    const code = randomBytes(24).toString('hex');
    this.codes.set(code, grant);
    return code;
  }

  redeem(code: string, purpose: SlackGrant['purpose']): SlackGrant | undefined {
    const grant = this.codes.get(code);
    if (grant?.purpose !== purpose) return undefined;
    this.codes.delete(code);
    return grant;
  }

  issueToken(user: string): string {
    const token = `xoxp-${randomBytes(24).toString('hex')}`;
    this.tokens.set(token, user);
    return token;
  }

  userOf(token: string): string | undefined {
    return this.tokens.get(token);
  }

  clear(): void {
    this.codes.clear();
    this.tokens.clear();
  }
}
