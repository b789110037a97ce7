import type { ProviderId } from '@vera/accounts/account';
import type { Person } from '@vera/accounts/portal-ticket';
import type { Question } from '@vera/protocol/question';
import type { AuthPortalParams } from '../auth-portal.ts';

type ResumeParams = Pick<AuthPortalParams, 'waiting' | 'forward' | 'log'>;

/**
 * Hands on what this person asked and what waited for this account; gives what went on. Never rejects: the account is connected all the
 * same, and the sweeper wakes what stayed behind.
 */
export async function resumeQuestions(params: ResumeParams, person: Person, provider: ProviderId): Promise<readonly Question[]> {
  const { waiting, log } = params;
  const { teamId: team, userId: user } = person;
  try {
    const questions = await waiting.take(person, provider);
    const resumed = await Promise.all(questions.map(async (question) => ((await hasResumed(params, question)) ? [question] : [])));
    return resumed.flat();
  } catch (error) {
    log.error('questions.not-resumed', { provider, team, user, error });
    return [];
  }
}

async function hasResumed({ forward, log }: ResumeParams, question: Question): Promise<boolean> {
  const { id, teamId: team, userId: user } = question;
  try {
    await forward(question);
    log.info('question.resumed', { question: id, team, user });
    return true;
  } catch (error) {
    log.error('question.not-resumed', { question: id, team, user, error });
    return false;
  }
}
