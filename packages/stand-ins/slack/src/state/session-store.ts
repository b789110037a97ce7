import type { SlackSession } from '../contract.ts';
import type { Changes } from './changes.ts';
import type { Clock } from './clock.ts';

const processingLasts = 60 * 60_000;
const legacyStatusLasts = 2 * 60_000;

export interface StoredSession {
  readonly channel: string;
  readonly threadTs: string;
  readonly session: SlackSession;
  /** Emulator clock, epoch milliseconds. */
  readonly processingEnds?: number;
  readonly legacyStatusEnds?: number;
}

/** Agent sessions by channel and thread. `processing` ends by itself after an hour, the text of the older call after two minutes. */
export class SessionStore {
  private readonly sessions = new Map<string, StoredSession>();
  private readonly alarms = new Map<string, (() => void)[]>();
  private readonly clock: Clock;
  private readonly changes: Changes;

  constructor(clock: Clock, changes: Changes) {
    this.clock = clock;
    this.changes = changes;
  }

  get(channel: string, threadTs: string): SlackSession | undefined {
    return this.sessions.get(`${channel}:${threadTs}`)?.session;
  }

  /** Creates the session or changes its status; the title counts only when it is created. */
  setStatus(channel: string, threadTs: string, status: SlackSession['status'], title?: string): SlackSession {
    const isNew = this.get(channel, threadTs) === undefined;
    return this.change(channel, threadTs, { status, ...(isNew && title ? { title } : {}) });
  }

  rename(channel: string, threadTs: string, title: string): SlackSession {
    return this.change(channel, threadTs, { title });
  }

  /** What the older call shows; an empty text clears it and makes the session active. */
  showLegacyStatus(channel: string, threadTs: string, text: string): void {
    this.change(channel, threadTs, { legacyStatus: text, status: text === '' ? 'active' : 'processing' });
  }

  /** The app has posted, which ends a status of the older call, and only that. */
  posted(channel: string, threadTs: string): void {
    if (this.get(channel, threadTs)?.legacyStatus) this.change(channel, threadTs, { legacyStatus: '', status: 'active' });
  }

  all(): readonly StoredSession[] {
    return [...this.sessions.values()];
  }

  load(sessions: readonly StoredSession[]): void {
    for (const session of sessions) this.keep(session);
  }

  clear(): void {
    for (const callOff of [...this.alarms.values()].flat()) callOff();
    this.alarms.clear();
    this.sessions.clear();
  }

  private change(channel: string, threadTs: string, changes: Partial<SlackSession>): SlackSession {
    const before = this.sessions.get(`${channel}:${threadTs}`) ?? { channel, threadTs, session: { status: 'active' } };
    const next = changed(before, changes, this.clock.now());
    this.keep(next);
    this.changes.tell({ kind: 'session', channel, threadTs, session: next.session });
    return next.session;
  }

  private keep(stored: StoredSession): void {
    const { channel, threadTs, processingEnds, legacyStatusEnds } = stored;
    const key = `${channel}:${threadTs}`;
    this.sessions.set(key, stored);
    for (const callOff of this.alarms.get(key) ?? []) callOff();
    const end = (due: number | undefined, changes: Partial<SlackSession>) =>
      due === undefined ? [] : [this.clock.at(due, () => void this.change(channel, threadTs, changes))];
    this.alarms.set(key, [...end(processingEnds, { status: 'active' }), ...end(legacyStatusEnds, { status: 'active', legacyStatus: '' })]);
  }
}

function changed(before: StoredSession, changes: Partial<SlackSession>, now: number): StoredSession {
  const { legacyStatus, ...session } = { ...before.session, ...changes };
  const legacyStatusEnds = changes.legacyStatus ? now + legacyStatusLasts : before.legacyStatusEnds;
  const processingEnds = changes.status === 'processing' ? now + processingLasts : before.processingEnds;
  return {
    channel: before.channel,
    threadTs: before.threadTs,
    session: { ...session, ...(legacyStatus ? { legacyStatus } : {}) },
    ...(session.status === 'processing' && processingEnds !== undefined ? { processingEnds } : {}),
    ...(legacyStatus && legacyStatusEnds !== undefined ? { legacyStatusEnds } : {}),
  };
}
