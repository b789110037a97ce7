import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Question } from './question.ts';
import type { Work } from './work.ts';

/** What shares one AgentCore session, and so one microVM. */
export const sessionScopeSchema = z.enum(['thread', 'channel', 'user', 'workspace']);
export type SessionScope = z.infer<typeof sessionScopeSchema>;

/** The runtime session id: 64 hex digits, which satisfies AgentCore's 33 to 100 characters, and the same across deployments. */
export function sessionIdOf(question: Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'userId'>, scope: SessionScope): string {
  return createHash('sha256').update(keyOf(question, scope)).digest('hex');
}

/** Where a piece of work is done. An errand belongs to no thread; all of one person's meet in one session, which starts cold once. */
export function sessionOfWork(work: Work, scope: SessionScope): string {
  if (work.kind === 'question') return sessionIdOf(work, scope);
  return sessionIdOf({ ...work, channelId: '', threadTs: '' }, 'user');
}

function keyOf(
  { teamId, channelId, threadTs, userId }: Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'userId'>,
  scope: SessionScope,
) {
  switch (scope) {
    case 'thread':
      return `${teamId}|${channelId}|${threadTs}`;
    case 'channel':
      return `${teamId}|${channelId}`;
    case 'user':
      return `${teamId}|user|${userId}`;
    case 'workspace':
      return teamId;
  }
}
