import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { type ScriptedTurn, scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import { describe, expect, it } from 'vitest';
import { createChangePerson } from '../support/change-person.ts';
import { impatient, startTestSystem } from '../support/test-system.ts';
import { testTools } from '../support/test-tools.ts';

/** Files what it is told to, and then says what became of it. */
function filing({ messages }: ConverseRequest): ScriptedTurn {
  const last = JSON.stringify(messages.at(-1)?.content);
  if (last.includes('Approved and done')) return `It is ${/PAY-\d+/.exec(last)?.[0]}.`;
  const isWithdrawn = last.includes('Withdrawn, as the person edited');
  if (last.includes('toolResult') && !isWithdrawn) return 'Nothing was filed.';
  const summary = /file “([^”]+)”/.exec(isWithdrawn ? JSON.stringify(messages) : last)?.[1];
  return summary ? [{ call: 'create_jira_issue', input: { project: 'PAY', issue_type: 'Bug', summary } }] : 'Fine.';
}

const start = (options: Parameters<typeof startTestSystem>[1] = {}) =>
  startTestSystem(scriptedModel(filing), { tools: testTools(), ...options });

describe('a change through the whole system', () => {
  it('two people, two accounts, one thread: each write runs with the right person’s token', async () => {
    await using system = await start();
    const [ann, bob] = [createChangePerson(system, 'U0ANN'), createChangePerson(system, 'U0BOB')];
    await Promise.all([ann.connects(), bob.connects()]);
    const hers = system.ask({ text: 'file “Hers”' });
    await system.until(() => ann.cards(hers).length === 1, 'her card');
    const his = system.ask({ text: 'file “His”', user: 'U0BOB', threadTs: hers.threadTs });
    await system.until(() => bob.cards(his).length === 2, 'his card');
    // The first card is hers.
    await bob.approves(his);
    const refused = () => system.log.filter(({ event }) => event === 'change.decision-refused');
    await system.until(() => refused().length === 1, 'the refusal');
    await ann.approves(hers);
    await system.answered(hers);
    await bob.approves(his);
    await system.answered(his);
    const issueOf = (summary: string) => system.tools!.jira.issues.filter((issue) => issue.summary === summary);
    expect(issueOf('Hers').map(({ reporter }) => reporter)).toEqual(['712020:u0ann']);
    expect(issueOf('His').map(({ reporter }) => reporter)).toEqual(['712020:u0bob']);
    expect(refused()).toHaveLength(1);
    expect(system.slack.ephemerals('U0BOB').at(-1)?.text).toMatch(/^Only <@U0ANN> can decide this/);
  });

  it('asked for without an account goes on by itself once it is connected, and its logs hold no secret', async () => {
    await using system = await start();
    const ann = createChangePerson(system, 'U0ANN');
    const asked = system.ask({ text: 'file “Later”' });
    await ann.isAskedToConnect();
    await ann.connects();
    await ann.approves(asked);
    const replies = await system.answered(asked);
    expect(system.text(replies)).toMatch(/It is PAY-\d+\./);
    expect(system.tools!.jira.issues.filter(({ summary }) => summary === 'Later')).toHaveLength(1);
    expect(system.lines.join('\n')).not.toMatch(/eyJ|ticket=|Bearer|refresh_token|xoxb/);
  });

  it('whose worker dies while it waits, and right after the yes, is made once and answered once', async () => {
    await using system = await start({ timings: impatient, sweepEvery: 250 });
    const ann = createChangePerson(system, 'U0ANN');
    await ann.connects();
    const asked = system.ask({ text: 'file “Once”' });
    await system.until(() => system.log.some(({ event, question }) => event === 'question.let-go' && question === asked.id), 'the card');
    system.killWorkers(asked);
    await ann.approves(asked);
    await system.until(
      () => system.log.filter(({ event, question }) => event === 'question.leased' && question === asked.id).length >= 2,
      'the next worker',
    );
    system.killWorkers(asked);
    await system.answered(asked);
    const made = system.tools!.jira.issues.filter(({ summary }) => summary === 'Once');
    expect(made.length).toBeLessThanOrEqual(1);
    const card = JSON.stringify(ann.cards(asked).at(-1)?.blocks);
    expect(card).toMatch(made.length === 1 ? /Done: |did not learn how it ended/ : /did not learn how it ended/);
    expect(ann.cards(asked)).toHaveLength(1);
    expect(system.outcomes(asked)).toHaveLength(1);
  });

  it('whose question is edited while its card waits is withdrawn, and what it says now is proposed, once', async () => {
    await using system = await start();
    const ann = createChangePerson(system, 'U0ANN');
    await ann.connects();
    const asked = system.ask({ text: 'file “Older”' });
    await system.until(() => ann.cards(asked).length === 1, 'the card');
    await system.until(() => system.log.some(({ event, question }) => event === 'question.let-go' && question === asked.id), 'its end');
    system.slack.edit({ user: 'U0ANN', channel: asked.channel, ts: asked.ts, text: `<@${system.slack.workspace.botUserId}> file “Newer”` });
    await system.until(() => ann.cards(asked).length === 2, 'the card of the new words');
    expect(JSON.stringify(ann.cards(asked)[0]?.blocks)).toContain('Withdrawn: the question was edited');
    await ann.approves(asked);
    await system.answered(asked);
    const made = system.tools!.jira.issues.map(({ summary }) => summary).filter((summary) => /Older|Newer/.test(summary));
    expect(made).toEqual(['Newer']);
  });

  it('denied changes nothing, and is answered', async () => {
    await using system = await start();
    const ann = createChangePerson(system, 'U0ANN');
    await ann.connects();
    const asked = system.ask({ text: 'file “Never”' });
    await ann.denies(asked);
    expect(system.text(await system.answered(asked))).toContain('Nothing was filed.');
    expect(system.tools!.jira.issues.filter(({ summary }) => summary === 'Never')).toEqual([]);
  });
});
