import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Action } from './action.ts';
import type { Model } from './model.ts';

export interface Page {
  readonly model: Model;
  readonly dispatch: (action: Action) => void;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage outside of a page');
  return page;
}
