import type { SlackCall } from '@vera/slack/slack-calls';

/** Takes a file of ours away. A message that shares it stays, saying that it was deleted, and is deleted by itself. */
export async function deleteFile(call: SlackCall, id: string): Promise<void> {
  await call('files.delete', { file: id }, { repeatable: true }).catch(() => undefined);
}
