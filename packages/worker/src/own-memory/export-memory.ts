import type { Person } from '@vera/accounts/portal-ticket';
import type { Log } from '@vera/service-kit/log';
import type { SlackCall } from '@vera/slack/slack-calls';
import { type UploadParams, uploadFile } from '../attachments/upload-file.ts';
import { codeOf } from '../memory/memory-client.ts';
import { type Place, readSession } from '../memory/memory-owner.ts';
import type { Memento } from '../memory/own-memory.ts';
import { memoryDownWords, type OwnedMemory } from './memory-answer.ts';

interface ExportParams {
  readonly memory: OwnedMemory;
  readonly call: SlackCall;
  readonly upload: UploadParams;
  readonly log: Log;
}

const failedWords = 'I could not send you the file just now. Please try again in a minute.';

/** Sends somebody all that is kept of them, as a file in their direct messages with Vera; gives what to say of it. Never rejects. */
export async function exportMemory({ memory, call, upload, log }: ExportParams, person: Person): Promise<string> {
  const kept = await allKept(memory, person).catch((error: unknown) => void log.warn('memory.unreachable', { code: codeOf(error) }));
  if (!kept) return memoryDownWords;
  try {
    // A user's id stands for the direct conversation with them: https://docs.slack.dev/reference/methods/chat.postMessage
    const { channel, ts } = await call('chat.postMessage', {
      channel: person.userId,
      text: 'This is all I remember of you. Only you can see it.',
    });
    const file = { name: 'what-vera-remembers.json', bytes: new TextEncoder().encode(exportText(kept)) };
    const shared = await uploadFile(upload, { channel: String(channel), threadTs: String(ts) }, file, () => undefined);
    return shared === undefined ? failedWords : 'I sent you a file with all of it, in our direct messages.';
  } catch (error) {
    log.warn('memory.not-exported', { code: codeOf(error) });
    return failedWords;
  }
}

interface AllKept {
  readonly mementos: readonly Memento[];
  /** The messages that memory is made of, in their words. */
  readonly said: readonly { readonly session: string; readonly text: string }[];
  readonly isPaused: boolean;
}

async function allKept({ own, choices }: OwnedMemory, person: Person): Promise<AllKept> {
  const [mementos, said, { isPaused }] = await Promise.all([
    Array.fromAsync(own.list(person)),
    Array.fromAsync(own.said(person)),
    choices.read(person),
  ]);
  return { mementos, said, isPaused };
}

function exportText({ mementos, said, isPaused }: AllKept): string {
  const remembered = mementos.map(({ text, since, place, standing }) => ({
    text,
    kind: standing?.kind ?? 'fact',
    saidIn: placeWords(place),
    since: new Date(since).toISOString(),
  }));
  const messages = said.map(({ session, text }) => ({ text, saidIn: placeWords(readSession(session)?.place ?? 'closed') }));
  return `${JSON.stringify({ isPaused, remembered, messages }, null, 2)}\n`;
}

function placeWords(place: Place): string {
  return place === 'open' ? 'a public channel' : 'private';
}
