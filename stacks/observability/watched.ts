/** What there is to watch, by name. */
export interface Watched {
  readonly functions: Readonly<
    Record<'receiver' | 'invoker' | 'sweeper' | 'auth-portal', { readonly functionName: string; readonly logGroup: string }>
  >;
  readonly worker: { readonly runtimeArn: string; readonly endpointName: string; readonly logGroup: string };
  readonly ledgerTable: string;
  readonly failuresQueue: string;
}
