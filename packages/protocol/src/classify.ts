import type { ClassifyRules } from './author-problem.ts';
import { classifyEvent } from './classify-event.ts';
import { classifyInteraction } from './classify-interaction.ts';
import { readCommand } from './command.ts';
import { challengeSchema, eventEnvelopeSchema } from './slack-envelope.ts';
import type { Verdict } from './verdict.ts';

/** Decides what a request that Slack signed asks for. Pure: the same bytes give the same verdict. */
export function classify(body: Uint8Array, contentType: string, rules: ClassifyRules): Verdict {
  const text = utf8(body);
  if (text === undefined) return { kind: 'malformed', reason: 'not UTF-8' };
  if (contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')) return classifyForm(text);
  const json = parseJson(text);
  if (json === undefined) return { kind: 'malformed', reason: 'not JSON' };
  return classifyJson(json, rules);
}

function classifyForm(text: string): Verdict {
  const form = new URLSearchParams(text);
  if (form.get('ssl_check') === '1') return { kind: 'ignore', reason: 'certificate probe' };
  const payload = form.get('payload');
  if (payload === null) return form.has('command') ? classifyCommand(form) : { kind: 'ignore', reason: 'a form without payload' };
  const json = parseJson(payload);
  return json === undefined ? { kind: 'malformed', reason: 'payload is not JSON' } : classifyInteraction(json);
}

function classifyCommand(form: URLSearchParams): Verdict {
  const command = readCommand(form);
  return command ? { kind: 'command', command } : { kind: 'malformed', reason: 'a command without its ids' };
}

function classifyJson(json: unknown, rules: ClassifyRules): Verdict {
  const type = typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
  if (type === 'url_verification') {
    const challenge = challengeSchema.safeParse(json);
    return challenge.success
      ? { kind: 'challenge', challenge: challenge.data.challenge }
      : { kind: 'malformed', reason: 'url_verification without challenge' };
  }
  if (type !== 'event_callback') return { kind: 'ignore', reason: `type ${typeof type === 'string' ? type : 'missing'}` };
  const envelope = eventEnvelopeSchema.safeParse(json);
  return envelope.success ? classifyEvent(envelope.data, rules) : { kind: 'malformed', reason: 'event_callback of another shape' };
}

function utf8(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Without its nulls: Slack writes null here and nothing there, and means the same. Undefined when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => value ?? undefined);
  } catch {
    return undefined;
  }
}
