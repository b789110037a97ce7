import type { ModelStreamEvent } from '@strands-agents/sdk';

interface Block {
  readonly tool?: string;
  text: string;
}

/**
 * A model's answer, each block in one text: what comes in pieces is no secret by the form of any of them. Undefined parts are left out by whoever
 * writes it down.
 */
export function joinedAnswer(events: readonly ModelStreamEvent[]) {
  const blocks: Block[] = [];
  let stopReason: string | undefined;
  for (const event of events) {
    if (event.type === 'modelContentBlockStartEvent') blocks.push({ ...(event.start ? { tool: event.start.name } : {}), text: '' });
    if (event.type === 'modelContentBlockDeltaEvent') {
      if (blocks.length === 0) blocks.push({ text: '' });
      const block = blocks.at(-1);
      if (block) block.text += textOf(event.delta);
    }
    if (event.type === 'modelMessageStopEvent') stopReason = event.stopReason;
  }
  return { blocks, stopReason };
}

function textOf(delta: Extract<ModelStreamEvent, { type: 'modelContentBlockDeltaEvent' }>['delta']): string {
  if ('text' in delta) return delta.text ?? '';
  return 'input' in delta ? delta.input : '';
}
