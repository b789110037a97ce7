import { requireChannel, requireScope } from '../api/require-channel.ts';
import type { SlackMethod } from '../api/slack-method.ts';
import { refuse } from '../api/slack-refusal.ts';

const usualPage = 100;
const mostPerPage = 1_000;

export const conversationsMembers: SlackMethod = ({ args, world }) => {
  const channel = requireChannel(world, args.text('channel'));
  requireScope(world, channel, 'read');
  const limit = args.number('limit') ?? usualPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) refuse('invalid_limit');
  const from = args.text('cursor') === '' ? 0 : channel.members.indexOf(userIn(args.text('cursor')));
  if (from === -1) refuse('invalid_cursor');
  const next = channel.members[from + limit];
  return {
    members: channel.members.slice(from, from + limit),
    response_metadata: { next_cursor: next === undefined ? '' : Buffer.from(`{user_id: ${next}}`).toString('base64') },
  };
};

/** Cursors here name the next person, in this form. */
function userIn(cursor: string): string {
  return /^\{user_id: (\w+)\}$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] ?? '';
}
