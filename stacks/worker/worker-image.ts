export function workerImageOf(_root: string): { readonly tag: string; readonly inputs: Readonly<Record<string, string>> } {
  return { tag: '0123456789ab', inputs: {} };
}
