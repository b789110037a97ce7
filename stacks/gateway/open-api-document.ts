export function openApiDocumentOf(name: string, { server }: { readonly server: string }): string {
  return JSON.stringify({ name, server });
}
