import type { SlackMessageFile } from '@vera/slack/slack-message';
import type { Content } from '../../src/agent/agent.ts';
import { tablesTold } from '../../src/files/collect-files.ts';
import type { FetchFile } from '../../src/files/fetch-file.ts';
import { contentOf, type ShownFile } from '../../src/files/shown-file.ts';
import { createTableShelf } from '../../src/tables/table-shelf.ts';

/** What the model is shown of a file. */
export function shownOf(file: ShownFile): readonly Content[] {
  return contentOf(file, tablesTold(file.tables, createTableShelf()));
}

export async function shownBy(fetchFile: FetchFile, file: SlackMessageFile): Promise<readonly Content[]> {
  return shownOf(await fetchFile(file));
}
