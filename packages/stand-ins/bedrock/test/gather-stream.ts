import type { ConverseStreamCommandOutput, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';

export interface Gathered {
  readonly events: readonly ConverseStreamOutput[];
  readonly text: string;
  readonly toolCalls: readonly { readonly name: string; readonly input: string }[];
  readonly stopReason: string | undefined;
  /** What the stream threw, if it did. */
  readonly error: unknown;
}

/** Reads a stream to its end, as an agent does. */
export async function gatherStream({ stream }: ConverseStreamCommandOutput): Promise<Gathered> {
  const events: ConverseStreamOutput[] = [];
  let error: unknown;
  try {
    for await (const event of stream ?? []) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const deltasOf = (index: number | undefined) =>
    events.flatMap(({ contentBlockDelta }) => (contentBlockDelta?.contentBlockIndex === index ? (contentBlockDelta?.delta ?? []) : []));
  const toolCalls = events.flatMap(({ contentBlockStart }) => {
    const name = contentBlockStart?.start?.toolUse?.name;
    const fragments = deltasOf(contentBlockStart?.contentBlockIndex).map((delta) => delta.toolUse?.input ?? '');
    return name === undefined ? [] : [{ name, input: fragments.join('') }];
  });
  return {
    events,
    text: events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join(''),
    toolCalls,
    stopReason: events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason,
    error,
  };
}
