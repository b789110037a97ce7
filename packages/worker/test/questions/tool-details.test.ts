import { expect, test } from 'vitest';
import * as z from 'zod';
import { tool } from '../../src/tools/tool.ts';
import { startScripted } from './start-scripted.ts';

test.each([true, false])(
  'what a tool was given and gave is in the log only where details are wanted (%s), its secrets masked',
  async (debugEnabled) => {
    const read = tool({
      name: 'read',
      title: 'Reading',
      description: 'Reads',
      inputSchema: z.object({ token: z.string(), page: z.string() }),
      callback: () => 'The harbour key is xoxb-1234-abcd.',
    });
    const input = { token: 'plain-secret', page: 'harbour' };
    await using worker = await startScripted([[{ call: 'read', input }], 'Read.'], { toolsFor: () => [read], debugEnabled });
    const question = await worker.ask({ text: '<@UVERA> hi' });
    await worker.intake.accept(question);
    await worker.closed(question);
    const told = worker.lines.filter((line) => JSON.stringify(line).includes('harbour'));
    const answered = { question: question.id, tool: 'read', input: { token: '[redacted]', page: 'harbour' } };
    expect(told).toMatchObject(debugEnabled ? [{ event: 'tool.answered', ...answered, output: 'The harbour key is [redacted].' }] : []);
    expect(JSON.stringify(worker.lines)).not.toMatch(/plain-secret|xoxb-1234/);
  },
);
