import { randomBytes } from 'node:crypto';
import type { Clock } from '@vera/stand-in-kit/clock';
import { notFound, throttled } from './memory-fault.ts';
import type { NewEvent, Payload } from './memory-shapes.ts';
import { type Paging, pageOf } from './page-of.ts';

export interface MemoryEvent {
  readonly eventId: string;
  readonly actorId: string;
  readonly sessionId: string;
  /** Epoch seconds. */
  readonly eventTimestamp: number;
  readonly payload: readonly Payload[];
  readonly metadata?: NewEvent['metadata'];
}

interface Session {
  readonly actorId: string;
  readonly sessionId: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

/** What outlives a process. */
export interface KeptEvents {
  readonly events: readonly MemoryEvent[];
  readonly sessions: readonly Session[];
}

export interface EventShelfParams {
  readonly memoryId: string;
  readonly clock: Clock;
  /** Called with each event that is stored, and how it came. */
  readonly onEvent: (event: MemoryEvent & Pick<NewEvent, 'extractionMode' | 'extractionConfig'>) => void;
}

/** Conversational events that one actor may have stored in one session within a second (developer guide, page "quotas"). */
const mostPerSecond = 5;

/** The short-term memory: events by actor and session. */
export class EventShelf {
  private events: (MemoryEvent & { readonly order: number })[] = [];
  /** They stay when their last event goes: only a filter leaves empty ones out (`EventFilterCondition` of the model). */
  private readonly sessions = new Map<string, Session>();
  private readonly byToken = new Map<string, MemoryEvent>();
  private recent: { readonly session: string; readonly at: number }[] = [];
  private stored = 0;
  private readonly params: EventShelfParams;

  constructor(params: EventShelfParams) {
    this.params = params;
  }

  get all(): readonly MemoryEvent[] {
    return this.events.map(({ order: _, ...event }) => event);
  }

  get kept(): KeptEvents {
    return { events: this.all, sessions: [...this.sessions.values()] };
  }

  restore({ events, sessions }: KeptEvents): void {
    for (const session of sessions) this.sessions.set(keyOf(session), session);
    for (const event of events) {
      this.stored += 1;
      this.events.push({ ...event, order: this.stored });
    }
  }

  clear(): void {
    this.events = [];
    this.recent = [];
    this.sessions.clear();
    this.byToken.clear();
  }

  /** A token seen before: the request is ignored without an error, whatever it holds (model, `CreateEventInput$clientToken`). */
  create({ clientToken, actorId, sessionId = 'default', eventTimestamp, payload, metadata, ...how }: NewEvent): object {
    const known = clientToken === undefined ? undefined : this.byToken.get(clientToken);
    if (known) return this.viewOf(known, true);
    const now = this.params.clock.now();
    const session = keyOf({ actorId, sessionId });
    if (payload.some((part) => 'conversational' in part)) this.refuseTooMany(session, now);
    this.stored += 1;
    const eventId = `${String(Math.round(eventTimestamp * 1000)).padStart(19, '0')}#${randomBytes(4).toString('hex')}`;
    const event = { eventId, actorId, sessionId, eventTimestamp, payload, ...(metadata ? { metadata } : {}) };
    this.events.push({ ...event, order: this.stored });
    if (!this.sessions.has(session)) this.sessions.set(session, { actorId, sessionId, createdAt: now / 1000 });
    if (clientToken !== undefined) this.byToken.set(clientToken, event);
    this.params.onEvent({ ...event, ...how });
    return this.viewOf(event, true);
  }

  /** The newest first, as the Python SDK's converter takes it, which reverses them. */
  list({ actorId, sessionId, includePayloads, ...paging }: { actorId: string; sessionId: string; includePayloads: boolean } & Paging) {
    const mine = this.events.filter((event) => event.actorId === actorId && event.sessionId === sessionId).reverse();
    const { page, ...next } = pageOf(mine, ({ order }) => -order, paging);
    return { events: page.map((event) => this.viewOf(event, includePayloads)), ...next };
  }

  listSessions({ actorId, withEvents, ...paging }: { actorId: string; withEvents: boolean } & Paging) {
    const holds = (sessionId: string) => this.events.some((event) => event.actorId === actorId && event.sessionId === sessionId);
    const mine = [...this.sessions.values()].filter((one) => one.actorId === actorId && (!withEvents || holds(one.sessionId)));
    const { page, ...next } = pageOf(mine, (_, index) => index, paging);
    return { sessionSummaries: page, ...next };
  }

  get(place: EventPlace): object {
    return this.viewOf(this.find(place), true);
  }

  remove(place: EventPlace): void {
    const found = this.find(place);
    this.events = this.events.filter((event) => event !== found);
  }

  private find({ actorId, sessionId, eventId }: EventPlace): MemoryEvent {
    const isMeant = (event: MemoryEvent) => event.actorId === actorId && event.sessionId === sessionId && event.eventId === eventId;
    const found = this.events.find(isMeant);
    if (!found) throw notFound(`The event ${eventId}`);
    return found;
  }

  private refuseTooMany(session: string, now: number): void {
    this.recent = this.recent.filter(({ at }) => at > now - 1_000);
    if (this.recent.filter((one) => one.session === session).length >= mostPerSecond) throw throttled();
    this.recent.push({ session, at: now });
  }

  private viewOf({ eventId, actorId, sessionId, eventTimestamp, payload, metadata }: MemoryEvent, withPayload: boolean): object {
    const { memoryId } = this.params;
    const view = { memoryId, actorId, sessionId, eventId, eventTimestamp, payload: withPayload ? payload : [], branch: { name: 'main' } };
    return { ...view, ...(metadata ? { metadata } : {}) };
  }
}

function keyOf({ actorId, sessionId }: Pick<Session, 'actorId' | 'sessionId'>): string {
  return `${actorId}|${sessionId}`;
}

interface EventPlace {
  readonly actorId: string;
  readonly sessionId: string;
  readonly eventId: string;
}
