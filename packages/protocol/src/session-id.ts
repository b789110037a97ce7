import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Question } from './question.ts';

/** What shares one AgentCore session, and so one microVM. */
export const sessionScopeSchema = z.enum(['thread', 'channel', 'user', 'workspace']);
export type SessionScope = z.infer<typeof sessionScopeSchema>;

/** The runtime session id: 64 hex digits, which satisfies AgentCore's 33 to 100 characters, and the same across deployments. */
export function sessionIdOf(question: Pick<Question, 'teamId' | 'channelId' | 'threadTs' | 'userId'>, scope: SessionScope): string {
  return createHash('sha256').update(keyOf(question, scope)).digest('hex');
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
