/** Far more than a document about a server, or a token, has. */
const longest = 100_000;

/** Of an answer that anybody may have written; rejects where it is no JSON, or has no end. */
export async function boundedJson({ body }: Response): Promise<unknown> {
  let text = '';
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.length > longest) throw new Error(`the answer has more than ${longest} characters`);
  }
  return JSON.parse(text);
}
