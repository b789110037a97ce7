export type Fields = Readonly<Record<string, unknown>>;

export interface StepWords {
  readonly station: string;
  readonly title: string;
  readonly detail?: (fields: Fields) => string;
  readonly isRetry?: true;
}

const ms = (value: unknown) => `${Math.round(Number(value)).toLocaleString('en-GB')} ms`;
const count = (value: unknown, one: string) => `${Number(value).toLocaleString('en-GB')} ${one}${Number(value) === 1 ? '' : 's'}`;

function modelDetail({ milliseconds, firstTokenMilliseconds, outputTokens, stopReason, ...fields }: Fields): string {
  const read = [fields.inputTokens, fields.cacheReadTokens, fields.cacheWriteTokens].reduce<number>(
    (sum, part) => sum + Number(part ?? 0),
    0,
  );
  const parts = [
    ms(milliseconds),
    typeof firstTokenMilliseconds === 'number' ? `first token after ${ms(firstTokenMilliseconds)}` : '',
    read > 0 ? `${count(read, 'token')} in` : '',
    Number(fields.cacheReadTokens) > 0 ? `${Number(fields.cacheReadTokens).toLocaleString('en-GB')} of them cached` : '',
    Number(outputTokens) > 0 ? `${Number(outputTokens).toLocaleString('en-GB')} out` : '',
    String(stopReason).replace('_', '').toLowerCase() === 'tooluse' ? 'asks for a tool' : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function spentDetail({ calls, tokens, dollars, isAtMost }: Fields): string {
  const cost = typeof dollars === 'number' ? ` · $${dollars.toFixed(4)}` : '';
  return `${count(calls, 'model call')} · ${isAtMost === true ? 'at most ' : ''}${count(tokens, 'token')}${cost}`;
}

/** `memory.not-noted` as “Memory: not noted”. */
export function plainTitle(event: string): string {
  const [about = '', ...what] = event.split('.');
  const subject = ((Object.hasOwn(subjects, about) && subjects[about]) || about).replaceAll('-', ' ');
  return [`${subject.charAt(0).toUpperCase()}${subject.slice(1)}`, ...what].join(': ').replaceAll('-', ' ');
}

/** Where the first word of an event is no word of people's. */
const subjects: Readonly<Record<string, string>> = {
  mcp: 'server of tools',
  errand: 'a wish beside questions',
  sweep: 'the sweeper’s look',
};

/** Log events in a person's words; an event that is not here shows by its own name, as `plainTitle` has it. */
export const stepWords: Readonly<Record<string, StepWords>> = {
  'question.recorded': {
    station: 'Ledger',
    title: 'The receiver checked the signature and recorded the question',
    detail: ({ files }) => (Number(files) > 0 ? `with ${count(files, 'file')}` : ''),
  },
  'lab.struck': { station: 'Lab', title: 'Broken on purpose', detail: ({ what }) => String(what) },
  'lab.mended': { station: 'Lab', title: 'Mended', detail: ({ what }) => String(what) },
  'question.duplicate': { station: 'Receiver', title: 'Known already; left aside' },
  'question.edited': { station: 'Ledger', title: 'The message was edited; its new words count from the next model call on' },
  'question.steered': {
    station: 'Session',
    title: 'What the asker said meanwhile was taken in',
    detail: ({ by }) => (by === 'edit' ? 'by an edit' : ''),
  },
  'question.retried': { station: 'Receiver', title: 'Somebody pressed Try again' },
  'question.left': { station: 'Session', title: 'Left to whoever has it now', detail: ({ lease }) => `the ledger says: ${lease}` },
  'stop.requested': { station: 'Receiver', title: 'A stop was asked for', detail: ({ questions }) => count(questions, 'question') },
  'agent.failed': { station: 'Session', title: 'The answer broke off', detail: ({ code }) => String(code ?? '') },
  'question.withdrawn': { station: 'Ledger', title: 'The message was deleted; the question is withdrawn' },
  'question.forwarded': { station: 'Receiver', title: 'Handed to the invoker; Slack got its answer' },
  'question.invoked': {
    station: 'Invoker',
    title: 'The session took the question',
    detail: ({ milliseconds }) => `after ${ms(milliseconds)}`,
  },
  'question.not-yet': {
    station: 'Invoker',
    title: 'No session is ready yet; the invoker goes on trying',
    detail: ({ reason }) => String(reason),
    isRetry: true,
  },
  'question.invoke-failed': { station: 'Invoker', title: 'The session could not be reached; it is tried again', isRetry: true },
  'worker.listening': { station: 'Session', title: 'A session started for this thread' },
  'question.accepted': {
    station: 'Session',
    title: 'The worker accepted the question',
    detail: ({ lease }) => (lease === 'leased' ? '' : `the ledger says: ${lease}`),
  },
  'question.queued': { station: 'Session', title: 'Waits until a place is free' },
  'question.waiting': { station: 'Session', title: 'Waits for an earlier question of the thread' },
  'question.leased': {
    station: 'Ledger',
    title: 'The worker holds the lease',
    detail: ({ attempt }) => (Number(attempt) > 1 ? `attempt ${attempt}` : ''),
  },
  'thread.read': {
    station: 'Session',
    title: 'Read the thread',
    detail: ({ messages, milliseconds }) => `${count(messages, 'message')} in ${ms(milliseconds)}`,
  },
  'memory.recalled': {
    station: 'Memory',
    title: 'What is known of the asker was looked up',
    detail: ({ standing, facts }) => `${count(facts, 'fact')}, ${count(standing, 'standing request')}`,
  },
  'memory.noted': { station: 'Memory', title: 'What the asker said was noted' },
  'model.retried': {
    station: 'Model',
    title: 'The model did not answer; it is asked again',
    detail: ({ code }) => String(code),
    isRetry: true,
  },
  'model.called': {
    station: 'Model',
    title: 'The model answered',
    detail: modelDetail,
  },
  'text.judged': { station: 'Guardrail', title: 'A text was judged', detail: ({ verdict }) => String(verdict ?? '') },
  'answer.masked': { station: 'Guardrail', title: 'Values of the answer were masked' },
  'helper.ended': { station: 'Helpers', title: 'A helper ended', detail: ({ helper, end }) => `${helper} · ${end}` },
  'memory.not-recalled': { station: 'Memory', title: 'What is known of the asker could not be looked up' },
  'file.not-shared': { station: 'Reply', title: 'A file did not appear in the thread' },
  'chart.not-drawn': { station: 'Reply', title: 'A chart could not be drawn' },
  'chart.block-refused': { station: 'Reply', title: 'Slack refused a chart of its own; a picture is drawn' },
  'question.blocked': { station: 'Model', title: 'The guardrail stopped it', detail: ({ on }) => `the ${on}` },
  'tool.called': {
    station: 'Tools',
    title: 'A tool was used',
    detail: ({ tool, milliseconds, status }) => `${tool} · ${ms(milliseconds)}${status === 'error' ? ' · failed' : ''}`,
  },
  'status.told': {
    station: 'Receiver',
    title: 'The thread shows that it is being worked on',
    detail: ({ milliseconds }) => (milliseconds === undefined ? '' : `after ${ms(milliseconds)}`),
  },
  'mcp.opened': { station: 'Tools', title: 'A server of tools was opened', detail: ({ server }) => String(server ?? '') },
  'mcp.offered': {
    station: 'Tools',
    title: 'What it offers was looked at',
    detail: ({ server, reads, writes }) => `${server} · ${count(reads, 'tool')} that read · ${Number(writes)} that change something`,
  },
  'mcp.unavailable': {
    station: 'Tools',
    title: 'A server of tools could not be used',
    detail: ({ server, code }) => `${server} · ${code}`,
  },
  'mcp.key-missing': { station: 'Tools', title: 'A server of tools has no key', detail: ({ server }) => String(server ?? '') },
  'mcp.tool-left-out': {
    station: 'Tools',
    title: 'No model takes the input of a tool; it is left out',
    detail: ({ tool }) => String(tool ?? ''),
  },
  'knowledge.failed': { station: 'Tools', title: 'Documents could not be searched', detail: ({ base }) => String(base ?? '') },
  'file.failed': { station: 'Slack', title: 'A file could not be fetched' },
  'thread.unreadable': { station: 'Slack', title: 'What was said above could not be read' },
  'slack.waited': {
    station: 'Slack',
    title: 'Slack made it wait',
    detail: ({ method, milliseconds }) => `${method} · ${ms(milliseconds)}`,
  },
  'reply.goes-on': { station: 'Reply', title: 'The reply goes on in another message' },
  'reply.undeliverable': { station: 'Reply', title: 'Slack did not take the answer' },
  'change.expired': { station: 'Changes', title: 'Nobody decided in time; nothing was changed' },
  'model.left-out': {
    station: 'Model',
    title: 'Something was left out of what the model read',
    detail: ({ words }) => String(words ?? ''),
  },
  'model.request': { station: 'Model', title: 'What the model was asked, whole' },
  'model.response': { station: 'Model', title: 'What the model said, whole' },
  'question.forward-failed': { station: 'Receiver', title: 'The invoker could not be called; the sweeper sends it later' },
  'question.record-failed': { station: 'Ledger', title: 'The ledger did not take the question; Slack delivers it again' },
  'session.stopped': { station: 'Session', title: 'Its session was ended, as nobody asks there any more' },
  'worker.rehearsed': { station: 'Session', title: 'The worker is warm for its snapshot' },
  'trace.not-sent': { station: 'Session', title: 'A part of its trace did not arrive' },
  'reply.started': { station: 'Reply', title: 'The reply appeared', detail: ({ how }) => `as a ${how}` },
  'reply.taken-back': {
    station: 'Reply',
    title: 'What an earlier attempt left was taken back',
    detail: ({ messages }) => count(messages, 'message'),
  },
  'answer.taken-back': {
    station: 'Reply',
    title: 'What was shown of the answer was taken back',
    detail: ({ messages }) => count(messages, 'message'),
  },
  'reply.finished': { station: 'Reply', title: 'The reply is complete', detail: ({ pieces }) => count(pieces, 'message') },
  'question.answered': { station: 'Ledger', title: 'Answered', detail: ({ milliseconds }) => `${ms(milliseconds)} at work` },
  'question.failed': { station: 'Ledger', title: 'Could not be answered', detail: ({ code }) => String(code ?? '') },
  'question.stopped': { station: 'Ledger', title: 'Stopped by a person' },
  'question.refused': { station: 'Ledger', title: 'Ended, as a budget is used up' },
  'question.spent': { station: 'Model', title: 'What it came to', detail: spentDetail },
  'budget.reached': { station: 'Ledger', title: 'A budget is used up', detail: ({ of, limit }) => `${limit} of the ${of} for today` },
  'budget.near': { station: 'Ledger', title: 'A budget is nearly used up', detail: ({ of, percent }) => `${percent} % of the ${of}’s` },
  'budget.unchecked': { station: 'Ledger', title: 'A budget could not be checked' },
  'lease.renew-failed': { station: 'Ledger', title: 'The lease could not be renewed' },
  'lease.ran-out': { station: 'Session', title: 'The lease ran out by its own clock; it writes nothing more' },
  'question.lease-lost': { station: 'Session', title: 'Somebody else holds the lease; it writes nothing more' },
  'question.interrupted': { station: 'Session', title: 'It could not go on; the question stays open' },
  'question.crashed': { station: 'Session', title: 'It let the question go as it stands' },
  'budget.not-settled': { station: 'Ledger', title: 'What a call came to could not be noted' },
  'question.released': { station: 'Ledger', title: 'The lease was given back' },
  'question.resent': { station: 'Sweeper', title: 'Sent to the invoker again', isRetry: true },
  'question.lost': { station: 'Sweeper', title: 'Given up; the person was told' },
  'question.let-go': {
    station: 'Ledger',
    title: 'Waits for a person',
    detail: ({ waitsFor }) => (waitsFor === 'account' ? 'to connect their account' : 'to decide'),
  },
  'question.resumed': { station: 'Accounts', title: 'The account is connected; the question goes on' },
  'question.woken': { station: 'Sweeper', title: 'Nobody came in time; the question goes on without' },
  'change.proposed': { station: 'Changes', title: 'A change is proposed', detail: ({ tool }) => String(tool) },
  'change.decided': { station: 'Receiver', title: 'A person decided', detail: ({ verdict }) => String(verdict) },
  'change.decision-refused': {
    station: 'Receiver',
    title: 'A click that does not count; only they were told',
    detail: ({ reason }) => String(reason),
  },
  'change.done': { station: 'Changes', title: 'The change is made', detail: ({ tool, milliseconds }) => `${tool} · ${ms(milliseconds)}` },
  'change.failed': { station: 'Changes', title: 'The change failed; nothing was changed' },
  'change.unanswered': { station: 'Changes', title: 'No answer came to the change' },
  'change.looked-up': { station: 'Changes', title: 'It is looked for in the other system', detail: ({ found }) => String(found) },
  'change.unknown': { station: 'Changes', title: 'It is not known how the change ended' },
  'feedback.recorded': { station: 'Ledger', title: 'Feedback recorded', detail: ({ rating }) => String(rating ?? '') },
  'feedback.why-asked': { station: 'Receiver', title: 'Only they were asked why' },
  'feedback.why-answered': { station: 'Receiver', title: 'They answered why', detail: ({ outcome }) => String(outcome) },
};
