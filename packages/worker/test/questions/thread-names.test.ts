import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { threadTitleOf } from '../../src/reply/thread-title.ts';
import { startGate } from '../changes/start-gate.ts';

const long = 'Which terminals were offline on Friday? '.repeat(8);
const first = `<@UVERA> <https://x.test/a|this> ${long}`;
const noSessions = {
  method: 'agents.sessions.setStatus',
  kind: 'error',
  error: 'feature_disabled',
  times: Number.POSITIVE_INFINITY,
} as const;

/** A direct message in which three questions are asked, one below the other. */
async function conversation(faults: Parameters<Awaited<ReturnType<typeof startGate>>['slack']['inject']>[0][] = [], opened = false) {
  const worker = await startGate(['One.', 'Two.', 'Three.']);
  for (const fault of faults) worker.slack.inject(fault);
  // Slack opens the thread of an older assistant itself, in the name of the app.
  const root = opened ? worker.slack.post({ user: 'UVERA', channel: 'DANN', text: 'New Assistant Thread' }).ts : undefined;
  let threadTs = root;
  for (const text of [first, 'and on Saturday?', '<https://y.test|that> one?']) {
    const question = await worker.ask({ channel: 'DANN', text, ...(threadTs === undefined ? {} : { threadTs }) });
    threadTs ??= question.messageTs;
    await worker.intake.accept(question);
    await worker.closed(question);
  }
  return {
    ...worker,
    title: () => worker.slack.session('DANN', threadTs ?? '')?.title,
    naming: () => worker.slack.calls.filter(({ args, response }) => args.title !== undefined && response.ok),
    warned: () => worker.lines.filter(({ event }) => event === 'thread.not-named').length,
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}

const named = /^this Which terminals were offline on Friday\? .*…$/;

describe('F15 the thread of a direct message', () => {
  test.each([
    ['an agent', [], false],
    ['an older assistant', [noSessions], false],
    ['an older assistant, where Slack opened it', [noSessions], true],
    ['an agent, where Slack opened it', [], true],
  ] as const)('with %s is named once, after its first question', async (_, faults, opened) => {
    await using talk = await conversation([...faults], opened);
    expect(talk.title()).toMatch(named);
    expect(talk.naming()).toHaveLength(1);
    expect(talk.warned()).toBe(0);
  });

  test('that could not be named is answered all the same, at the cost of a line in the log; a later question names nothing', async () => {
    await using talk = await conversation([
      noSessions,
      { method: 'assistant.threads.setTitle', kind: 'error', error: 'internal_error', times: 4 },
    ]);
    expect([talk.title(), talk.warned()]).toEqual([undefined, 1]);
    expect(talk.bedrock.requests).toHaveLength(3);
  });

  test('is the only kind that has a name: one in a channel has none', async () => {
    await using worker = await startGate(['One.']);
    worker.slack.inject({ method: 'agents.sessions.setStatus', kind: 'error', error: 'feature_disabled' });
    const question = await worker.ask({ text: first });
    await worker.intake.accept(question);
    await worker.closed(question);
    expect(worker.slack.calls.filter(({ method, args }) => args.title !== undefined || /rename|setTitle/.test(method))).toEqual([]);
  });
});

describe('F15 a title', () => {
  test.each([
    ['<@UVERA> who is on call?', 'who is on call?'],
    ['<https://x.test/a|this> &amp; <#C01|ops>, <!here> <!subteam^S1|@oncall>', 'this & #ops, @oncall'],
    ['*Bold* and _even_ `code` ~gone~ snake_case 2*3', 'Bold and even code gone snake_case 2*3'],
    ['> quoted\n> twice', 'quoted twice'],
    ['# Head\n**strong** [label](https://x.test/U123)', 'Head strong label'],
    ['```\nconst a = 1\n```what is this? :tada:', 'what is this?'],
    ['see https://x.test/C0123 now', 'see now'],
    ['<@UVERA> <https://x.test>', 'Question'],
    ['', 'Question'],
    ['誰がオンコールですか？', '誰がオンコールですか？'],
    ['INC-482: wh\u202eat?', 'INC-482: what?'],
    ['how much is 37 * 43?', 'how much is 37 * 43?'],
    ['is a &gt; b, or a &lt; b, at 10:30: yes?', 'is a > b, or a < b, at 10:30: yes?'],
    ['what does __init__ do, and `_x_(*args)`?', 'what does __init__ do, and _x_(*args)?'],
    ['close #4 or #5?', 'close #4 or #5?'],
    ['#4 *and* _(more_ *bold _both_*) ~5 to ~10', '#4 and (more bold both) ~5 to ~10'],
    ['who is in <#C1|it-help>? call f[0](x), *.ts,*.md', 'who is in #it-help? call f[0](x), *.ts,*.md'],
    ['&lt;@U01ABC&gt; said "no"', '@U01ABC> said "no"'],
  ])('of “%s” is “%s”', (text, title) => {
    expect(threadTitleOf(text)).toBe(title);
  });

  test('is one short line without mark-up, mention or address, whatever was asked', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<@U01ABC>',
        '<#C01ABC|ops>',
        '<https://x.test/U01ABC|here>',
        '<mailto:a@b.test|a>',
        '<!channel>',
        '*b*',
        '`c`',
        ':wave:',
        '\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const title = threadTitleOf(pieces.join(' '));
        expect(title.length).toBeGreaterThan(0);
        expect(title.length).toBeLessThanOrEqual(60);
        expect(title).not.toMatch(/<[^\s=\d]|\n|01ABC|x\.test|:wave:/);
      }),
    );
  });
});
