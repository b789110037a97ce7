import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import { describe, expect, test } from 'vitest';
import { isUnread, shownQuestion } from '../src/page/state/lookups.ts';
import type { Action, Model } from '../src/page/state/model.ts';
import { reduce } from '../src/page/state/reduce.ts';
import type { PageState } from '../src/page-server/page-state.ts';
import { toRoadEvent } from '../src/road.ts';
import { testWorkspace } from './test-workspace.ts';

const message = (ts: string, more: Partial<SlackMessage> = {}): SlackMessage => ({
  ...{ type: 'message', ts, channel: 'C0OPS', user: 'U0BOB', text: ts },
  ...more,
});
const state = (messages: readonly SlackMessage[] = []): PageState => {
  const { botToken: _token, signingSecret: _secret, ...workspace } = testWorkspace;
  return { workspace, messages, sessions: [], ephemerals: [], questions: [], homes: {}, prompts: {}, hasReport: false };
};
const toldState = (messages: readonly SlackMessage[] = []): Action => ({
  kind: 'told',
  event: { kind: 'state', state: state(messages) },
  restored: { isRoadOpen: false },
});
const said = (more: SlackMessage): Action => ({
  kind: 'told',
  event: { kind: 'slack', change: { kind: 'message', message: more } },
  restored: { isRoadOpen: false },
});
const after = (...actions: readonly Action[]) => actions.reduce<Model | undefined>(reduce, undefined)!;

describe('the page', () => {
  test('begins in the first channel of the first person who can speak', () => {
    expect(after(toldState())).toMatchObject({ me: 'U0ANN', channel: 'C0OPS' });
  });

  test('returns to where one was, but not to places that are gone', () => {
    const back = { isRoadOpen: true, me: 'U0BOB', channel: 'D0BOB', thread: '9.9' };
    const model = after({ ...toldState(), restored: back } as Action);
    expect(model).toMatchObject({ me: 'U0BOB', channel: 'D0BOB', isRoadOpen: true });
    expect(model.thread).toBeUndefined();
    const { me, channel } = after({ ...toldState(), restored: { isRoadOpen: false, me: 'U0EXT', channel: 'C0NONE' } } as Action);
    expect([me, channel]).toEqual(['U0ANN', 'C0OPS']);
  });

  test('keeps messages in the order of time and replaces those that grew', () => {
    const model = after(toldState([message('2.0')]), said(message('3.0')), said(message('1.0')), said(message('2.0', { text: 'more' })));
    expect(model.messages.C0OPS?.map(({ text }) => text)).toEqual(['1.0', 'more', '3.0']);
  });

  test('takes the whole state anew after a loss of the connection, and stays where it was', () => {
    const model = after(
      toldState([message('1.0')]),
      { kind: 'opened-thread', thread: '1.0' },
      { kind: 'connection-lost' },
      toldState([message('1.0'), message('2.0')]),
    );
    expect(model).toMatchObject({ isConnectionLost: false, thread: '1.0' });
    expect(model.messages.C0OPS).toHaveLength(2);
  });

  test('closes a thread whose first message is deleted, and no other', () => {
    const removal = { kind: 'slack', change: { kind: 'removed', channel: 'C0OPS', ts: '1.0' } } as const;
    const removed: Action = { kind: 'told', event: removal, restored: { isRoadOpen: false } };
    const opened = (thread: string) => after(toldState([message('1.0'), message('2.0')]), { kind: 'opened-thread', thread }, removed);
    expect(opened('1.0').thread).toBeUndefined();
    expect(opened('2.0').thread).toBe('2.0');
  });

  test('marks a channel as unread until it is opened; own messages do not count', () => {
    const elsewhere = after(toldState([message('1.0')]), { kind: 'opened-channel', channel: 'C0SHARED' });
    expect(isUnread(elsewhere, 'C0OPS')).toBe(false);
    expect(isUnread(reduce(elsewhere, said(message('2.0', { user: 'U0ANN' })))!, 'C0OPS')).toBe(false);
    const unread = reduce(elsewhere, said(message('3.0')))!;
    expect(isUnread(unread, 'C0OPS')).toBe(true);
    expect(isUnread(reduce(unread, { kind: 'opened-channel', channel: 'C0OPS' })!, 'C0OPS')).toBe(false);
  });

  test('follows a person to their own direct messages, and out of channels they are not in', () => {
    const direct = after(toldState(), { kind: 'opened-channel', channel: 'D0ANN' }, { kind: 'spoke-as', user: 'U0BOB' });
    expect(direct).toMatchObject({ me: 'U0BOB', channel: 'D0BOB' });
    const out = after(toldState(), { kind: 'opened-channel', channel: 'C0SHARED' }, { kind: 'spoke-as', user: 'U0BOB' });
    expect(out.channel).toBe('C0OPS');
  });

  test('shows the road of the last question of the thread, or the one that was asked for', () => {
    const step = (question: string, thread: string): Action => ({
      kind: 'told',
      event: {
        kind: 'road',
        event: toRoadEvent({
          ...{ id: Number(thread) * 10, component: 'receiver', now: 0 },
          line: JSON.stringify({ event: 'question.recorded', question, channel: 'C0OPS', thread, message: thread }),
        }),
      },
      restored: { isRoadOpen: false },
    });
    const model = after(toldState(), step('q-1', '1.0'), step('q-2', '2.0'));
    expect(shownQuestion(model)?.question).toBe('q-2');
    const thread = reduce(model, { kind: 'opened-thread', thread: '1.0' })!;
    expect(shownQuestion(thread)?.question).toBe('q-1');
    expect(shownQuestion(reduce(thread, { kind: 'opened-road', question: 'q-2' })!)?.question).toBe('q-2');
    expect(model.roads['q-1']).toHaveLength(1);
    expect(reduce(model, step('q-1', '1.0'))?.roads['q-1']).toHaveLength(1);
  });
});
