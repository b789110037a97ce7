/** Of calls that only read: asked again when an answer is lost; somebody waits, so not long where Slack asks for a pause. */
export const policy = { repeatable: true, patience: 5_000 };

const mostPages = 20;

type Answer = Record<string, unknown>;

/** The pages of a list, by Slack's cursors; rejects with `TooManyPagesError` where a bounded number of them is not all. */
export async function* pagesOf(ask: (cursor: { readonly cursor?: string }) => Promise<Answer>): AsyncGenerator<Answer> {
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(cursor === '' ? {} : { cursor });
    yield answer;
    cursor = (answer.response_metadata as { next_cursor?: string } | undefined)?.next_cursor ?? '';
    if (cursor === '') return;
  }
  throw new TooManyPagesError('more pages than are read');
}

export class TooManyPagesError extends Error {
  readonly code = 'too-many-pages';
}
