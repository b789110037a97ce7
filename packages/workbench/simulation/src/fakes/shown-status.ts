import { SlackError } from '@vera/slack/slack-error';

/** What a workspace has: agent sessions, only the older status line, or neither. */
export type StatusWay = 'session' | 'legacy' | 'none';

/** Whether Slack shows of a thread that somebody is at work. In sessions nobody ends it but the app, and Slack itself after an hour. */
export class ShownStatus {
  private readonly atWork = new Set<string>();
  private readonly way: StatusWay;

  constructor(way: StatusWay) {
    this.way = way;
  }

  isShown(threadTs: string): boolean {
    return this.atWork.has(threadTs);
  }

  /** `agents.sessions.setStatus`, or that of a stream's end. */
  setSession(threadTs: string, status: string): void {
    if (this.way !== 'session') throw new SlackError('refused', 'agents.sessions.setStatus', 'feature_disabled');
    this.set(threadTs, status === 'processing');
  }

  /** `assistant.threads.setStatus`, which Slack ends by itself after two minutes. */
  setLine(): void {
    if (this.way === 'none') throw new SlackError('refused', 'assistant.threads.setStatus', 'no_permission');
  }

  /** A stream has a session of its own making. */
  streams(threadTs: string, isAtWork: boolean): void {
    if (this.way === 'session') this.set(threadTs, isAtWork);
  }

  private set(threadTs: string, isAtWork: boolean): void {
    if (isAtWork) this.atWork.add(threadTs);
    else this.atWork.delete(threadTs);
  }
}
