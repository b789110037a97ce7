import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { decisionActionIds, reasonInputId } from '@vera/protocol/decision';
import { listen } from '@vera/stand-in-kit/listen';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopes } from './envelopes.ts';
import { form, startedCard } from './started-card.ts';

const refusedWords = (card: Awaited<ReturnType<typeof startedCard>>) => card.told.map(({ body }) => (body as { text: string }).text);
const toldIn = (card: Awaited<ReturnType<typeof startedCard>>) => card.lines.map((line) => (JSON.parse(line) as { told?: boolean }).told);

describe('a click on a card', () => {
  it('by the asker is recorded, and the question goes on', async () => {
    await using card = await startedCard();
    expect(await card.click('approve')).toEqual({ status: 200 });
    expect(await card.stored()).toMatchObject({ state: 'received', changes: { c1: { state: 'approved', decidedBy: 'U01' } } });
    expect(card.forwarded).toHaveLength(1);
    expect(card.events()).toEqual(['change.decided', 'question.forwarded']);
    expect(card.acts).toMatchObject([{ act: 'change', outcome: 'approved', approver: 'U01', change: 'c1', arguments: expect.any(String) }]);
    expect(card.told).toEqual([]);
  });

  it('can carry why not', async () => {
    await using card = await startedCard();
    const typed = (value: string | null) => ({
      state: { values: { [reasonInputId]: { [reasonInputId]: { type: 'plain_text_input', value } } } },
    });
    expect(await card.click('deny', typed(` it exists already ${'x'.repeat(600)}`))).toEqual({ status: 200 });
    const { changes } = (await card.stored())!;
    expect(changes.c1).toMatchObject({ state: 'denied', reason: expect.stringMatching(/^it exists already x{482}$/) });
    await using silent = await startedCard();
    await silent.click('deny', typed(null));
    expect((await silent.stored())?.changes.c1).not.toHaveProperty('reason');
    expect(card.acts).toMatchObject([{ act: 'change', outcome: 'denied', approver: 'U01', change: 'c1', question: expect.any(String) }]);
    expect(JSON.stringify(card.acts)).not.toContain('exists already');
  });

  it('whose invocation fails is on record all the same, for the sweeper', async () => {
    await using card = await startedCard({ forward: () => Promise.reject(new Error('Lambda is down')) });
    expect(await card.click('approve')).toEqual({ status: 200 });
    expect(await card.stored()).toMatchObject({ state: 'received', dueAt: card.now() + 60_000 });
  });

  it('that cannot be recorded shows as failed in Slack, and changes nothing', async () => {
    await using card = await startedCard();
    card.dynamoDb.inject({ kind: 'unavailable', operation: 'UpdateItem' });
    expect(await card.click('approve')).toEqual({ status: 500 });
    expect((await card.stored())?.changes.c1?.state).toBe('proposed');
  });
});

describe('an edit of the question while its card waits', () => {
  const edited = envelopes.of({
    ...{ type: 'message', subtype: 'message_changed', channel: 'C01', channel_type: 'channel', ts: '1766458030.000100' },
    message: { type: 'message', user: 'U01', team: 'T01', ts: '1766458026.240809', text: '<@UBOT> file another one' },
    previous_message: { type: 'message', user: 'U01', team: 'T01', ts: '1766458026.240809', text: '<@UBOT> who is on call?' },
  });

  it('brings it back in its new words, shows that something comes, and its buttons say why they do nothing', async () => {
    await using card = await startedCard();
    for (let copy = 0; copy < 2; copy += 1) expect(await card.post(edited)).toEqual({ status: 200 });
    expect(card.forwarded).toMatchObject([{ text: '<@UBOT> file another one' }]);
    expect(card.events().filter((event) => event === 'question.edited')).toHaveLength(1);
    for (const verdict of ['approve', 'deny'] as const) await card.click(verdict);
    expect(refusedWords(card)).toEqual([
      expect.stringMatching(/^The question was edited/),
      expect.stringMatching(/^The question was edited/),
    ]);
    expect((await card.stored())?.changes.c1?.state).toBe('proposed');
    expect(card.forwarded).toHaveLength(1);
  });
});

describe('R15 a click that does not count', () => {
  it('by another person is refused privately', async () => {
    await using card = await startedCard();
    expect(await card.click('approve', { user: { id: 'U02', team_id: 'T01' } })).toEqual({ status: 200 });
    expect(card.told).toEqual([
      {
        path: '/actions/T01/1/abc',
        body: {
          response_type: 'ephemeral',
          replace_original: false,
          thread_ts: '1766458026.240809',
          text: expect.stringMatching(/^Only <@U01> can decide this/),
        },
      },
    ]);
    expect((await card.stored())?.changes.c1?.state).toBe('proposed');
    expect(card.forwarded).toEqual([]);
  });

  it('twice, or after a no, or too late, or after the arguments changed, is refused privately', async () => {
    await using twice = await startedCard();
    await twice.click('approve');
    await twice.click('approve');
    await twice.click('deny');
    expect(refusedWords(twice)).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^<@U01> approved this already/)));
    expect(twice.forwarded).toHaveLength(1);
    expect(twice.acts.map(({ outcome }) => outcome)).toEqual(['approved']);

    await using late = await startedCard();
    late.pass(900_000);
    await late.click('approve');
    expect(refusedWords(late)).toEqual([expect.stringMatching(/^This came too late/)]);
    expect(late.forwarded).toEqual([]);

    await using changed = await startedCard();
    await changed.dynamoDbClient.send(
      new UpdateItemCommand({
        TableName: 'vera-ledger',
        Key: { thread: { S: 'T01|C01|1766458026.240809' }, message: { S: '1766458026.240809' } },
        UpdateExpression: 'SET changes.c1.args = :args',
        ExpressionAttributeValues: { ':args': { S: '{"summary":"Delete everything"}' } },
      }),
    );
    await changed.click('approve');
    expect(refusedWords(changed)).toEqual([expect.stringMatching(/^What would be done is not what this card shows/)]);
    expect(changed.forwarded).toEqual([]);
    expect([...late.acts, ...changed.acts]).toEqual([]);
  });

  it('is not answered at an address that is not Slack’s', async () => {
    await using card = await startedCard();
    for (const url of ['https://evil.test/actions/T01', 'http://169.254.169.254/latest', 'nonsense', `${card.hooks.url}.evil.test/x`]) {
      expect(await card.click('approve', { user: { id: 'U02' }, response_url: url })).toEqual({ status: 200 });
    }
    expect(card.told).toEqual([]);
    expect(card.events()).toEqual(Array.from({ length: 4 }, () => 'change.decision-refused'));
  });

  it('is not answered at another server, however ready that one is, not even where Slack sends us there', async () => {
    const asked: string[] = [];
    await using foreign = await listen((request) => {
      asked.push(request.url);
      return new Response('ok');
    });
    await using card = await startedCard({ hooksAnswer: () => Response.redirect(`${foreign.url}/elsewhere`) });
    await card.click('approve', { user: { id: 'U02' }, response_url: `${foreign.url}/actions/T01/1/abc` });
    expect(card.told).toEqual([]);
    await card.click('approve', { user: { id: 'U02' } });
    expect(card.told).toHaveLength(1);
    expect(asked).toEqual([]);
    expect(toldIn(card)).toEqual([false, false]);
  });

  it.each([
    ['was told privately', () => new Response('ok'), true],
    ['was not, when Slack does not take the words', () => new Response('used up', { status: 404 }), false],
  ])('is on record in the log with whether the person %s', async (_, hooksAnswer, told) => {
    await using card = await startedCard({ hooksAnswer });
    expect(await card.click('approve', { user: { id: 'U02' } })).toEqual({ status: 200 });
    expect(card.told).toHaveLength(1);
    expect(toldIn(card)).toEqual([told]);
  });

  it('is on record as told to nobody, when Slack cannot be reached', async () => {
    await using card = await startedCard();
    await card.hooks[Symbol.asyncDispose]();
    expect(await card.click('approve', { user: { id: 'U02' } })).toEqual({ status: 200 });
    expect(toldIn(card)).toEqual([false]);
  });
});

describe('a fuzz of the approval endpoint', () => {
  const id = fc.constantFrom('U01', 'U02', 'T01', 'C01', 'c1', 'c2', '', '1766458026.240809', '1766458026.240810', '__proto__', '*');
  const some = fc.oneof(id, fc.string(), fc.constant(undefined), fc.integer(), fc.constant([]), fc.constant({}));

  it('lets nothing through that the asker did not click in Slack', async () => {
    await using card = await startedCard();
    const value = fc.oneof(
      fc.constant(card.value),
      fc.constantFrom(
        card.value.toUpperCase(),
        `${card.value} `,
        `${card.value}:`,
        card.value.replace('c1', 'c2'),
        card.value.slice(0, -1),
      ),
      fc.string(),
      fc.constant(undefined),
    );
    const actionId = fc.oneof(fc.constantFrom(decisionActionIds.approve, 'change.approve ', 'feedback', 'approve'), fc.string());
    const action = fc.record({ action_id: actionId, value }, { requiredKeys: [] });
    const clicks = fc.record({
      type: fc.constantFrom('block_actions', 'view_submission', 'message_action', ''),
      user: fc.record({ id: some, team_id: some }, { requiredKeys: [] }),
      team: fc.oneof(fc.record({ id: some }), some),
      container: fc.record({ type: some, message_ts: some, channel_id: some, thread_ts: some }, { requiredKeys: [] }),
      actions: fc.array(action, { maxLength: 3 }),
      state: some,
    });
    const sound = {
      user: { id: 'U01' },
      container: { type: 'message', message_ts: '1.1', channel_id: 'C01', thread_ts: '1766458026.240809' },
    };
    const nearly = fc.record(
      {
        user: fc.record({ id: some }),
        container: fc.record({ type: fc.constant('message'), message_ts: some, channel_id: some, thread_ts: some }),
        team: fc.record({ id: some }),
      },
      { requiredKeys: [] },
    );
    let posted = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(clicks, nearly), async (click) => {
        const isWhole = JSON.stringify({ ...sound, team: { id: 'T01' }, ...click }) === JSON.stringify({ ...sound, team: { id: 'T01' } });
        fc.pre(!isWhole);
        const body = envelopes.decision({ action_id: decisionActionIds.approve, value: card.value }, { ...sound, ...click });
        const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '');
        const presses = (payload.actions ?? []).filter((one: { action_id?: unknown }) => one?.action_id === decisionActionIds.approve);
        const isTheirs =
          payload.type === 'block_actions' &&
          payload.user?.id === 'U01' &&
          (payload.team?.id ?? payload.user?.team_id) === 'T01' &&
          payload.container?.channel_id === 'C01' &&
          (payload.container?.thread_ts ?? payload.container?.message_ts) === '1766458026.240809' &&
          presses.length === 1 &&
          presses[0].value === card.value;
        fc.pre(!isTheirs);
        await card.post(body, form);
        posted += 1;
        expect((await card.stored())?.changes.c1).toEqual(card.change);
      }),
      { numRuns: 400 },
    );
    expect(posted).toBeGreaterThan(300);
    expect(card.forwarded).toEqual([]);
    expect(await card.click('approve')).toEqual({ status: 200 });
    expect((await card.stored())?.changes.c1?.state).toBe('approved');
  });

  it('without Slack’s signature is refused before it is read', async () => {
    await using card = await startedCard();
    const body = envelopes.decision({ action_id: decisionActionIds.approve, value: card.value });
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.integer({ min: -1_000, max: 2_000_000_000 }), async (signature, timestamp) => {
        expect((await card.post(body, { ...form, signature: `v0=${signature}`, timestamp: String(timestamp) })).status).toBe(401);
      }),
      { numRuns: 100 },
    );
    expect((await card.stored())?.changes.c1).toEqual(card.change);
  });
});
