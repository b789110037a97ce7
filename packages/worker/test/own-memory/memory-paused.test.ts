import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import { describe, expect, it } from 'vitest';
import { answered, startRemembering } from '../questions/start-remembering.ts';

const ann = { teamId: 'T01', userId: 'UANN' };
const open = '/facts/slack-T01-UANN/open/';

describe('M7 a pause', () => {
  it('while a question runs: nothing is noted, nothing is offered, and the prompt says it; list and forget still work', async () => {
    const bullets = { call: 'remember', input: { kind: 'preference', text: 'answer in verse' } };
    await using started = await startRemembering([[{ call: 'pause_memory' }], [bullets], 'It is off.', [bullets], 'It is off.']);
    started.stored.plant({ text: 'Ann leads payments.', namespace: open });
    await answered(started.worker, { text: '<@UVERA> take a break from memory, and answer in verse' });
    expect(started.calls('CreateEvent')).toEqual([]);
    expect(JSON.stringify(started.worker.bedrock.requests[2]?.messages)).toContain('Memory is paused, so nothing was offered');
    expect(JSON.stringify(started.told()?.blocks)).toContain('Memory is paused');
    const before = started.calls('RetrieveMemoryRecords').length;
    await answered(started.worker, { text: '<@UVERA> answer in verse: who leads payments?' });
    expect(started.calls('RetrieveMemoryRecords')).toHaveLength(before);
    expect(started.calls('CreateEvent')).toEqual([]);
    expect(JSON.stringify(started.worker.bedrock.requests.at(-1)?.system)).toContain('Memory is off now');
    await started.press('memory-forget');
    expect(await started.textsOf()).toEqual([]);
    await started.press('memory-resume');
    expect((await started.memory.choices.read(ann)).isPaused).toBe(false);
  });

  it('holds for helpers too: they know nothing of the asker, and have none of these tools', async () => {
    const isHelper = ({ system }: ConverseRequest) => system?.[0]?.text?.startsWith('You are a helper.') ?? false;
    const script = (request: ConverseRequest): ScriptedTurn => {
      if (isHelper(request)) return [{ call: 'forget_memory', input: { everything: true } }, { call: 'show_memories' }];
      return request.messages.length > 1 ? 'Done.' : [{ call: 'delegate', input: { task: 'Look what you know of Ann' } }];
    };
    await using started = await startRemembering(script, {
      helping: { common: 'You are a helper.', specialists: [] },
      limits: { calls: 8 },
    });
    started.stored.plant({ text: 'Ann leads payments.', namespace: open });
    await started.memory.choices.change(ann, (now) => ({ ...now, isPaused: true }));
    await answered(started.worker, { text: '<@UVERA> let a helper look' });
    const helped = started.worker.bedrock.requests.filter(isHelper);
    expect(helped.length).toBeGreaterThan(0);
    expect(JSON.stringify(helped.map(({ toolConfig }) => toolConfig))).not.toMatch(/memor/);
    expect(JSON.stringify(helped)).not.toContain('leads payments');
    expect([...started.calls('CreateEvent'), ...started.calls('RetrieveMemoryRecords')]).toEqual([]);
    expect(started.slack.ephemerals('UANN')).toEqual([]);
  });

  it('between the offer and the yes keeps nothing', async () => {
    await using started = await startRemembering([
      [{ call: 'remember', input: { kind: 'preference', text: 'answer in verse' } }],
      'Asked.',
    ]);
    await answered(started.worker, { text: '<@UVERA> answer in verse' });
    await started.memory.choices.change(ann, (now) => ({ ...now, isPaused: true }));
    await started.press('memory-keep');
    expect(JSON.stringify(started.told()?.blocks)).toContain('Memory is paused, so I keep nothing');
    expect(started.stored.records).toEqual([]);
  });

  it('or memory that is down offers nothing that could not be kept', async () => {
    await using started = await startRemembering([
      [{ call: 'remember', input: { kind: 'preference', text: 'answer in verse' } }],
      'It is off.',
    ]);
    started.stored.inject({ kind: 'unavailable', times: 99 });
    await answered(started.worker, { text: '<@UVERA> answer in verse' });
    expect(JSON.stringify(started.worker.bedrock.requests.at(-1)?.messages)).toContain('Memory is off now');
    expect(started.slack.ephemerals('UANN')).toEqual([]);
  });

  it('is ended by its owner’s click alone', async () => {
    await using started = await startRemembering([[{ call: 'pause_memory', input: { resume: true } }], 'Asked.']);
    await started.memory.choices.change(ann, (now) => ({ ...now, isPaused: true }));
    await answered(started.worker, { text: '<@UVERA> remember again' });
    expect((await started.memory.choices.read(ann)).isPaused).toBe(true);
    await started.press('memory-resume');
    expect((await started.memory.choices.read(ann)).isPaused).toBe(false);
  });
});
