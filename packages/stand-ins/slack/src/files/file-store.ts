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
  /** For whoever cannot see it. */
  readonly altText?: string;
  /** Where it was shared: channel and message. */
  readonly shares: readonly { readonly channel: string; readonly ts: string; readonly isPrivate: boolean; readonly threadTs?: string }[];
}

/** The sharing of files that were completed, which comes a while later. */
interface LateShare {
  readonly files: readonly string[];
  /** Looks at one of them that still show nothing. */
  looks: number;
  readonly share: () => void;
}

export class FileStore {
  private readonly files = new Map<string, StoredFile>();
  private readonly uploads = new Map<string, string>();
  private late: LateShare[] = [];
  /** Looks at a completed file before it is shared. */
  looksBeforeShare = 0;

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

  remove(id: string): void {
    this.files.delete(id);
    this.late = this.late.filter(({ files }) => !files.includes(id));
  }

  shareLater(files: readonly string[], share: () => void): void {
    if (this.looksBeforeShare === 0) share();
    else this.late.push({ files, looks: this.looksBeforeShare, share });
  }

  lookedAt(id: string): void {
    for (const late of this.late.filter(({ files }) => files.includes(id))) late.looks -= 1;
    const due = this.late.filter(({ looks }) => looks < 0);
    this.late = this.late.filter((late) => !due.includes(late));
    for (const { share } of due) share();
  }

  all(): readonly StoredFile[] {
    return [...this.files.values()];
  }

  clear(): void {
    this.files.clear();
    this.uploads.clear();
    this.late = [];
  }
}

export function newFileId(): string {
  return `F${randomBytes(5).toString('hex').toUpperCase()}`;
}
