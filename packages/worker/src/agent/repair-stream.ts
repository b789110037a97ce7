import type { Message, ModelStreamEvent } from '@strands-agents/sdk';
import { AnswerFailure } from '../failure.ts';
import { isObject } from '../is-object.ts';

/** Stands for tool input that is not JSON; every tool refuses it with words the model can read. */
const unreadableInput = JSON.stringify({ 'input was not valid JSON': true });

/** Reasons that mean "this is all I say", whether it holds a tool call or not. */
const whole = new Set(['endTurn', 'stopSequence', 'toolUse']);

/**
 * A model's stream as the agent library can work with it: one slip of the model would end the question there. Input of a tool that does
 * not parse becomes input that the tool refuses, ids and names become ones that Bedrock takes back with the next call, and the reason for
 * the stop fits what was said. What broke off rejects with `broken-off`.
 */
export async function* repairedStream(
  events: AsyncIterable<ModelStreamEvent>,
  before: readonly Message[],
): AsyncGenerator<ModelStreamEvent> {
  const ids = new Set(before.flatMap(({ content }) => content.flatMap((block) => (block.type === 'toolUseBlock' ? block.toolUseId : []))));
  let input: string | undefined;
  let calls = 0;
  let isStopped = false;
  for await (const event of events) {
    if (event.type === 'modelContentBlockStartEvent' && event.start?.type === 'toolUseStart') {
      input = '';
      const { name, toolUseId } = event.start;
      yield { ...event, start: { ...event.start, name: legal(name), toolUseId: newId(legal(toolUseId), ids) } };
      continue;
    }
    if (event.type === 'modelContentBlockDeltaEvent' && event.delta.type === 'toolUseInputDelta') {
      input = (input ?? '') + event.delta.input;
      continue;
    }
    if (event.type === 'modelContentBlockStopEvent' && input !== undefined) {
      const text = isJsonObject(input) ? input : unreadableInput;
      yield { type: 'modelContentBlockDeltaEvent', delta: { type: 'toolUseInputDelta', input: text } };
      input = undefined;
      calls += 1;
    }
    if (event.type !== 'modelMessageStopEvent') {
      yield event;
      continue;
    }
    isStopped = true;
    yield { ...event, stopReason: fitting(event.stopReason, calls) };
  }
  if (!isStopped) throw brokenOff('nothing said that it ends');
}

/** Some models say `end_turn` beside a call, which then has to be made all the same, and some `tool_use` without one. */
function fitting(stopReason: string, calls: number): string {
  if (stopReason.startsWith('malformed')) throw brokenOff(stopReason);
  if (!whole.has(stopReason)) return stopReason;
  if (calls > 0) return 'toolUse';
  return stopReason === 'toolUse' ? 'endTurn' : stopReason;
}

function brokenOff(reason: string): AnswerFailure {
  return new AnswerFailure('broken-off', `the model's answer broke off: ${reason}`);
}

/** Models make up names such as `functions.look up`; with one of those in its history Bedrock refuses every further call. */
function legal(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || '_';
}

/** An id that none of the conversation has: some models count from `call_0` in each answer. */
function newId(wanted: string, ids: Set<string>): string {
  let id = wanted;
  for (let count = 2; ids.has(id); count += 1) id = `${wanted.slice(0, 58)}-${count}`;
  ids.add(id);
  return id;
}

function isJsonObject(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}
