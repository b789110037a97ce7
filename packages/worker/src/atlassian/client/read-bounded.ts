/** The text of a response. Rejects as soon as it has more than `largest` bytes. */
export async function readBounded({ body }: Response, largest: number): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [length, text] = [0, ''];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > largest) {
      await reader.cancel().catch(() => undefined);
      throw new Error(`The answer has more than ${largest} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
