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
