import type { Person } from '@vera/accounts/portal-ticket';
import type { Act, NoteAct } from '@vera/audit/act';
import type { Forgotten } from './delete-remembered.ts';
import type { OwnMemory } from './own-memory.ts';

/** Writes down that somebody had something, or all of it, forgotten: never what. Where nothing was there, nothing was done. */
export function notedMemory(own: OwnMemory, note: NoteAct): OwnMemory {
  const whileNoting = async (person: Person, tool: string, forget: () => Promise<Forgotten>) => {
    const { teamId: team, userId: asker } = person;
    const written = (outcome: Act['outcome'], reason?: string) => note({ act: 'memory', outcome, team, asker, tool, reason });
    try {
      const forgotten = await forget();
      const { mementos, events, left } = forgotten;
      if (mementos + events + left > 0) await written('forgotten', left > 0 ? 'in-part' : undefined);
      return forgotten;
    } catch (error) {
      // Some of it may be gone.
      await written('failed');
      throw error;
    }
  };
  return {
    ...own,
    forget: (person, id) => whileNoting(person, 'forget-one', () => own.forget(person, id)),
    forgetSaid: (person, text) => whileNoting(person, 'forget-said', () => own.forgetSaid(person, text)),
    forgetAll: (person) => whileNoting(person, 'forget-all', () => own.forgetAll(person)),
  };
}
