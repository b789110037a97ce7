declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** Folder of the LevelDB store; in memory when left out. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** A DynamoDB on LevelDB, as an HTTP server that does not listen yet. Closing it closes the store. */
  function dynalite(options?: DynaliteOptions): Server;
  export = dynalite;
}

declare module 'dynalite/db/index.js' {
  type Fields = Record<string, unknown>;

  interface Database {
    /** Called by PutItem, UpdateItem and DeleteItem alike; the error it returns has the body of the answer. */
    checkConditional(request: Fields, item: Fields | undefined): { readonly body: Fields } | null | undefined;
  }
  const database: Database;
  export = database;
}

declare module 'dynalite/validations/*Item.js' {
  /** What an operation's request may hold; all else is dropped. */
  const validation: { readonly types: Record<string, { readonly type: string; readonly enum?: readonly string[] }> };
  export = validation;
}
