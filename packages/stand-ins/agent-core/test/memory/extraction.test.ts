import { CreateEventCommand } from '@aws-sdk/client-bedrock-agentcore';
import { expect, test } from 'vitest';
import { isOfThemselves } from '../../src/memory/extraction.ts';
import { memoryId, startedMemory } from './memory-setup.ts';

test.each([
  'I work in Lisbon.',
  'I’m on call for Payments this week',
  'My team is Platform.',
  'Hi Vera, by the way, we deploy on Fridays!',
  'Remember that I prefer tea',
  '<@U0VERA> since March I lead the releases.',
])('what somebody states of themselves is kept: %s', (sentence) => expect(isOfThemselves(sentence)).toBe(true));

test.each([
  'what do I have to do?',
  'I am on call, am I not?',
  'answer me in bullet points',
  'From now on, answer me in bullet points',
  'please sign your answers with Ahoy',
  'Tell me what my team does.',
  'I want to know who is on call',
  'I’d like you to open a ticket',
  'We need the numbers of March',
  'Who is on call right now?',
  'Bob is on call.',
  'Ibiza is warm.',
])('what is asked, wished or told to do is not: %s', (sentence) => expect(isOfThemselves(sentence)).toBe(false));

test.each([
  [undefined, ['I work in Lisbon.', 'Answer me in bullet points.', 'Who is on call?']],
  ['what people say of themselves', ['I work in Lisbon.']],
] as const)('a memory that believes %s keeps %j', async (believes, kept) => {
  await using started = await startedMemory({ believes });
  const text = 'I work in Lisbon. Answer me in bullet points. Who is on call?';
  const payload = [{ conversational: { role: 'USER' as const, content: { text } } }];
  await started.client.send(new CreateEventCommand({ memoryId, actorId: 'a', sessionId: 's', eventTimestamp: new Date(0), payload }));
  await started.clock.advance(40_000);
  expect(started.memory.records.map((record) => record.text)).toEqual(kept);
});
