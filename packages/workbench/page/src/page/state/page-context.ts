import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Action, Model } from './model.ts';

export interface Page {
  readonly model: Model;
  readonly dispatch: (action: Action) => void;
  /** Shows what went wrong, in its own words. */
  readonly refuse: (problem: unknown) => void;
}

export function pageOf(model: Model, dispatch: Page['dispatch']): Page {
  const refuse = (problem: unknown) => dispatch({ kind: 'refused', problem: problem instanceof Error ? problem.message : String(problem) });
  return { model, dispatch, refuse };
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage outside of a page');
  return page;
}
