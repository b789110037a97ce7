import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withLogFields } from '../src/log.ts';
import { loggedLines } from './logged-lines.ts';

describe('the log', () => {
  it('writes one JSON line an event, with time, level, service and fields', () => {
    const { log, lines, entries } = loggedLines();
    log.warn('question.lost', { question: 'q-1', note: 'two\nlines   für 東京' });
    expect(lines.join('')).not.toMatch(/[\n\r]/);
    expect(entries()).toEqual([
      {
        time: '2026-11-23T10:00:00.000Z',
        level: 'warn',
        service: 'receiver',
        event: 'question.lost',
        question: 'q-1',
        note: 'two\nlines   für 東京',
      },
    ]);
  });

  it('writes debug lines only when they are wanted', () => {
    const quiet = loggedLines();
    quiet.log.debug('model.request');
    expect(quiet.lines).toEqual([]);
    const talkative = loggedLines({ debugEnabled: true });
    talkative.log.debug('model.request');
    talkative.log.with({ question: 'q-1' }).debug('model.response');
    expect(talkative.entries().map(({ level }) => level)).toEqual(['debug', 'debug']);
  });

  it('adds the fields of a logger made from another, the nearest last', () => {
    const { log, entries } = loggedLines();
    const line = log.with({ question: 'q-1', attempt: 1 }).with({ attempt: 2 });
    line.info('question.leased', { thread: 't' });
    line.info('question.tried', { attempt: 3 });
    log.info('elsewhere');
    expect(entries()).toMatchObject([{ question: 'q-1', attempt: 2, thread: 't' }, { attempt: 3 }, { event: 'elsewhere' }]);
    expect(entries()[2]).not.toHaveProperty('question');
  });

  it('adds the fields of a piece of work to everything logged inside, and does not mix two at once', async () => {
    const { log, entries } = loggedLines();
    const work = (question: string, pause: number) =>
      withLogFields({ question }, async () => {
        await sleep(pause);
        withLogFields({ tool: question }, () => log.info('tool.called'));
        log.info('question.answered');
      });
    await Promise.all([work('q-1', 200), work('q-2', 2)]);
    log.info('outside');
    expect(entries().map(({ event, question, tool }) => [event, question, tool])).toEqual([
      ['tool.called', 'q-2', 'q-2'],
      ['question.answered', 'q-2', undefined],
      ['tool.called', 'q-1', 'q-1'],
      ['question.answered', 'q-1', undefined],
      ['outside', undefined, undefined],
    ]);
  });
});
