import type { Context } from 'hono';
import { html } from 'hono/html';
import { frame, type Html } from './frame.ts';

/** Why somebody does not see their accounts. */
export type Notice =
  | 'no-session'
  | 'expired'
  | 'forged'
  | 'used'
  | 'another-person'
  | 'out-of-turn'
  | 'denied'
  | 'refused'
  | 'unavailable'
  | 'foreign-form'
  | 'not-set-up'
  | 'not-found'
  | 'not-allowed'
  | 'failed';

/** What a person reads instead of their accounts. */
export function answerNotice(context: Context, kind: Notice): Response | Promise<Response> {
  const notice = words[kind];
  return context.html(noticePage(notice), notice.status);
}

function noticePage({ title, text, next }: Words): Html {
  return frame(title, html`<p>${text}</p>${nextStep(next)}`);
}

function nextStep(next: Words['next']): Html | '' {
  switch (next) {
    case 'link':
      return askVera();
    case 'back':
      return html`<p><a href="/">Back</a></p>`;
    case 'nothing':
      return '';
  }
}

function askVera(): Html {
  return html`
<h2>How to get a link</h2>
<p>Ask Vera in Slack:</p>
<p class="say"><span>connect my accounts</span></p>
<p>Vera answers with a link that only you can see. It works once, for ten minutes.</p>`;
}

interface Words {
  readonly status: 400 | 403 | 404 | 405 | 410 | 500 | 502 | 503;
  readonly title: string;
  readonly text: string;
  /** What would help: a new link from Vera, or one page back. */
  readonly next: 'link' | 'back' | 'nothing';
}

const words: Readonly<Record<Notice, Words>> = {
  'no-session': {
    status: 403,
    title: 'Open this page from Slack',
    text: 'Only a link from Vera tells this page who you are. If you had it open already: it closes after fifteen minutes, and it needs cookies.',
    next: 'link',
  },
  expired: {
    status: 410,
    title: 'This link has expired',
    text: 'Links to this page work for ten minutes, so that an old message opens nothing.',
    next: 'link',
  },
  forged: {
    status: 403,
    title: 'This link does not work',
    text: 'It is incomplete or was changed on its way. Nothing was opened.',
    next: 'link',
  },
  used: {
    status: 410,
    title: 'This link was used already',
    text: 'Each link works once. If it was not you who used it, tell the team that runs Vera.',
    next: 'link',
  },
  'another-person': {
    status: 403,
    title: 'This link is for somebody else',
    text: 'You signed in to Slack as somebody else than the person Vera made this link for. Nothing was connected. If the link is yours, sign in to Slack as yourself and open it again.',
    next: 'link',
  },
  'out-of-turn': {
    status: 400,
    title: 'This step was out of turn',
    text: 'You came back from another site without having left from here in this browser, or came back twice, or took longer than ten minutes. Nothing was changed.',
    next: 'back',
  },
  denied: { status: 403, title: 'You said no', text: 'Nothing was connected. You can do it whenever you like.', next: 'back' },
  refused: {
    status: 502,
    title: 'It did not work out',
    text: 'The other site refused. Please try once more; if it stays so, tell the team that runs Vera.',
    next: 'back',
  },
  unavailable: {
    status: 503,
    title: 'The other site does not answer',
    text: 'Nothing was connected. Please try again in a minute.',
    next: 'back',
  },
  'foreign-form': {
    status: 403,
    title: 'That did not come from this page',
    text: 'Something else than a button of this page tried to change your connections. Nothing was changed.',
    next: 'back',
  },
  'not-set-up': {
    status: 503,
    title: 'Nothing can be connected yet',
    text: 'The team that runs Vera has not set up Sign in with Slack.',
    next: 'nothing',
  },
  'not-found': { status: 404, title: 'There is no such page', text: 'The address may have been cut or mistyped.', next: 'link' },
  'not-allowed': {
    status: 405,
    title: 'This cannot be done here',
    text: 'The page was asked in a way that it does not know.',
    next: 'nothing',
  },
  failed: {
    status: 500,
    title: 'Something went wrong here',
    text: 'It is not your doing. Please try again in a minute; if it stays so, tell the team that runs Vera.',
    next: 'nothing',
  },
};
