import { randomBytes } from 'node:crypto';

export interface StoredView {
  readonly id: string;
  readonly hash: string;
  readonly external_id: string;
  /** Whose home tab it is. */
  readonly homeOf?: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Modals and home tabs. */
export class ViewStore {
  private readonly views = new Map<string, StoredView>();

  find(id: string | undefined, externalId: string | undefined): StoredView | undefined {
    return [...this.views.values()].find((view) => view.id === id || (!!externalId && view.external_id === externalId));
  }

  home(user: string): StoredView | undefined {
    return [...this.views.values()].find(({ homeOf }) => homeOf === user);
  }

  /** Keeps the content under the same id when there is one, always with a new hash. */
  keep(content: Readonly<Record<string, unknown>>, before: Partial<Pick<StoredView, 'id' | 'homeOf'>> = {}): StoredView {
    const view = {
      id: before.id ?? `V${randomBytes(5).toString('hex').toUpperCase()}`,
      hash: `${Date.now()}.${randomBytes(4).toString('hex')}`,
      external_id: String(content.external_id ?? ''),
      ...(before.homeOf === undefined ? {} : { homeOf: before.homeOf }),
      content,
    };
    this.views.set(view.id, view);
    return view;
  }

  clear(): void {
    this.views.clear();
  }
}
