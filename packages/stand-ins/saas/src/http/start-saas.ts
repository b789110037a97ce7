import { createFaultList } from '@vera/stand-in-kit/fault-list';
import { type Listening, listen } from '@vera/stand-in-kit/listen';
import { answerSaas, type SaasApi, type SaasFault } from './answer-saas.ts';
import type { Routes } from './route.ts';

export interface SaasParts<State, Caller> extends Omit<SaasApi<Caller>, 'faults' | 'routes'> {
  /** The state that a data file tells of. `url` is the server's own address. */
  readonly load: (url: string) => State;
  readonly routes: readonly Routes<State, Caller>[];
  /** The pages that people open; undefined for other addresses. */
  readonly browse?: (request: Request, state: State) => Promise<Response | undefined>;
  readonly port?: number | undefined;
}

export interface SaasEmulator extends Listening {
  inject(fault: SaasFault): void;
  /** Back to the data file, told from now on. */
  reset(): void;
}

/** An API over the state of a data file, and the state as it is. */
export async function startSaas<State, Caller>(parts: SaasParts<State, Caller>): Promise<[SaasEmulator, () => State]> {
  const { load, routes, browse, port } = parts;
  const faults = createFaultList<SaasFault, string>(({ path }, called) => path === undefined || called.includes(path));
  let state = load('');
  const answer = answerSaas({ ...parts, faults, routes: routes.flatMap((part) => part(() => state)) });
  const server = await listen(async (request, bindings) => (await browse?.(request, state)) ?? answer(request, bindings), port);
  state = load(server.url);
  const reset = () => {
    faults.reset();
    state = load(server.url);
  };
  return [{ ...server, inject: faults.inject, reset }, () => state];
}
