import { randomBytes } from 'node:crypto';
import type { PersonFile } from '../contract.ts';

/** A file of the workspace; until it is completed only the uploader's ticket knows it. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly as?: PersonFile['as'];
  readonly user: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly bytes: Uint8Array;
  /** False from `files.getUploadURLExternal` until `files.completeUploadExternal`. */
  readonly isComplete: boolean;
  /** Promised length while the bytes are awaited. */
  readonly length: number;
  /** Where it was shared: channel and message. */
  readonly shares: readonly { readonly channel: string; readonly ts: string; readonly isPrivate: boolean }[];
}

export class FileStore {
  private readonly files = new Map<string, StoredFile>();
  private readonly uploads = new Map<string, string>();

  get(id: string): StoredFile | undefined {
    return this.files.get(id);
  }

  put(file: StoredFile): StoredFile {
    this.files.set(file.id, file);
    return file;
  }

  /** The ticket is the secret part of the upload URL. */
  issueUpload(fileId: string): string {
    const ticket = randomBytes(18).toString('base64url');
    this.uploads.set(ticket, fileId);
    return ticket;
  }

  byUpload(ticket: string): StoredFile | undefined {
    return this.files.get(this.uploads.get(ticket) ?? '');
  }

  all(): readonly StoredFile[] {
    return [...this.files.values()];
  }

  clear(): void {
    this.files.clear();
    this.uploads.clear();
  }
}

export function newFileId(): string {
  return `F${randomBytes(5).toString('hex').toUpperCase()}`;
}
