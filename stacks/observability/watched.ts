interface WatchedFunction {
  readonly functionName: string;
  readonly logGroup: string;
}

/** What there is to watch, by name. */
export interface Watched {
  readonly functions: Readonly<Record<'receiver' | 'invoker' | 'sweeper' | 'auth-portal', WatchedFunction>>;
  readonly worker:
    | { readonly runtimeArn: string; readonly endpointName: string; readonly logGroup: string }
    | (WatchedFunction & { readonly failuresQueue: string });
  readonly ledgerTable: string;
  readonly failuresQueue: string;
}
