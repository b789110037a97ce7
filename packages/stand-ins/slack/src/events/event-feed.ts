import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryDisturbance } from '../contract.ts';
import type { Clock } from '../state/clock.ts';
import type { Workspace } from '../workspace.ts';
import { DeliveryLog } from './delivery-log.ts';
import { type Envelope, envelopeOf, type InnerEvent, slackJson, verificationToken } from './envelope.ts';
import { type Outcome, send, sign } from './send.ts';
import { Work } from './work.ts';

export interface EventFeedParams {
  readonly workspace: () => Workspace;
  readonly clock: Clock;
  /** Milliseconds. */
  readonly ackTimeout: number;
}

export interface SubscriptionUrls {
  readonly events: string;
  readonly interactivity: string;
  readonly commands?: string;
}

const verificationTimeout = 3_000;
/** Milliseconds after the first try. */
const retriesAfter = [0, 60_000, 300_000];

/** Brings events and interactions to the app as Slack does: signed, in parallel, and events again when they were not taken. */
export class EventFeed {
  readonly log = new DeliveryLog();
  /** Decides what the network does to each delivery. */
  disturbance: DeliveryDisturbance | undefined;
  private urls: SubscriptionUrls | undefined;
  private generation = 0;
  private readonly work = new Work();
  private readonly params: EventFeedParams;

  constructor(params: EventFeedParams) {
    this.params = params;
  }

  get isSubscribed(): boolean {
    return this.urls !== undefined;
  }

  async subscribe(urls: SubscriptionUrls): Promise<void> {
    const challenge = randomBytes(24).toString('base64url');
    const body = slackJson({ token: verificationToken, challenge, type: 'url_verification' });
    const { status, text } = await send(urls.events, this.headersOf('application/json', body), body, verificationTimeout);
    if (status !== 200 || challengeIn(text) !== challenge) {
      throw new Error(`${urls.events} did not answer url_verification: status ${status}, ${JSON.stringify(text.slice(0, 200))}`);
    }
    this.urls = urls;
  }

  /** Sends later, never before whoever calls has returned. */
  emit(event: InnerEvent, isExtShared: boolean): void {
    if (!this.urls) return;
    const { workspace, clock } = this.params;
    const known = workspace();
    const author = known.users.find(({ id }) => id === event.user);
    const enterpriseId = author?.enterpriseId ?? (author?.teamId === undefined ? known.enterpriseId : undefined);
    const envelope = envelopeOf(event, { workspace: known, isExtShared, enterpriseId, now: clock.now() });
    const delivery = { envelope, firstAt: clock.now(), generation: this.generation };
    void this.work.start(async () => {
      await sleep(0);
      await this.deliver(delivery, 0, '');
    });
  }

  async interact(payload: Readonly<Record<string, unknown>>): Promise<number> {
    const { status } = await this.sendOnce('interaction', String(payload.type), { payload: slackJson(payload) });
    return status;
  }

  /** What the app answers to a slash command is for whoever gave it. */
  command(fields: Readonly<Record<string, string>>): Promise<Outcome> {
    return this.sendOnce('command', String(fields.command), fields);
  }

  /** Interactions and commands are sent once. */
  private async sendOnce(kind: 'interaction' | 'command', eventType: string, fields: Readonly<Record<string, string>>): Promise<Outcome> {
    const url = (kind === 'command' ? this.urls?.commands : undefined) ?? this.urls?.interactivity;
    if (!url) throw new Error('the app has not subscribed');
    const done = this.log.start({ kind, eventType, retryNumber: 0, at: this.params.clock.now() });
    const body = new URLSearchParams(fields).toString();
    const outcome = await this.work.start(() => this.post(url, body, 'application/x-www-form-urlencoded'));
    done(outcome.status);
    return outcome;
  }

  idle(): Promise<void> {
    return this.work.idle();
  }

  /** Forgets all deliveries, past and to come. */
  clear(): void {
    this.stop();
    this.disturbance = undefined;
    this.log.clear();
  }

  /** Drops retries still to come. */
  stop(): void {
    this.generation += 1;
  }

  private async deliver(delivery: Delivery, retryNumber: number, failure: string): Promise<void> {
    if (delivery.generation !== this.generation) return;
    const outcome = await this.tryOnce(delivery.envelope, retryNumber, failure);
    const wait = retriesAfter[retryNumber];
    if (outcome.failure === undefined || outcome.noRetry || wait === undefined) return;
    const reason = outcome.failure;
    const due = delivery.firstAt + wait;
    if (due <= this.params.clock.now()) return this.deliver(delivery, retryNumber + 1, reason);
    this.params.clock.at(due, () => void this.work.start(() => this.deliver(delivery, retryNumber + 1, reason)));
  }

  private async tryOnce({ eventId, eventType, body }: Envelope, retryNumber: number, failure: string): Promise<Outcome> {
    const fate = this.disturbance?.({ eventId, retryNumber }) ?? [0];
    const arrivals = fate === 'unheard' ? [0] : fate;
    const start = () => this.log.start({ kind: 'event', eventId, eventType, retryNumber, at: this.params.clock.now() });
    const headers = retryNumber === 0 ? {} : { 'x-slack-retry-num': String(retryNumber), 'x-slack-retry-reason': failure };
    const outcomes = await Promise.all(
      arrivals.map(async (delay) => {
        if (delay > 0) await sleep(delay);
        const done = start();
        const outcome = await this.post(this.urls?.events ?? '', body, 'application/json', headers);
        const heard = fate === 'unheard' ? unheard : outcome;
        done(heard.status);
        return heard;
      }),
    );
    if (outcomes.length === 0) start()(0);
    return outcomes.find((outcome) => outcome.failure === undefined) ?? outcomes[0] ?? lost;
  }

  private post(url: string, body: string, contentType: string, headers: Record<string, string> = {}): Promise<Outcome> {
    return send(url, { ...headers, ...this.headersOf(contentType, body) }, body, this.params.ackTimeout);
  }

  private headersOf(contentType: string, body: string): Record<string, string> {
    const { workspace, clock } = this.params;
    return { 'content-type': contentType, ...sign(body, workspace().signingSecret, clock.outside()) };
  }
}

interface Delivery {
  readonly envelope: Envelope;
  readonly firstAt: number;
  /** A reset in between ends it. */
  readonly generation: number;
}

const lost: Outcome = { status: 0, failure: 'connection_failed', noRetry: false, text: '' };

const unheard: Outcome = { ...lost, failure: 'http_timeout' };

/** The challenge as JSON or bare. */
function challengeIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'challenge' in parsed ? parsed.challenge : text;
  } catch {
    return text;
  }
}
