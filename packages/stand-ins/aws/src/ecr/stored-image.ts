/** As much of a manifest as a registry looks at. */
export interface Manifest {
  readonly mediaType: string;
  /** Of an image: its configuration, and the platform that stands there. */
  readonly config?: { readonly digest: string; readonly platform: string };
  /** Of an index: what is in it. */
  readonly manifests?: readonly { readonly digest: string }[];
  /** What it belongs to: a signature, provenance, a list of parts. */
  readonly subject?: { readonly digest: string };
  readonly artifactType?: string;
}

/** What a repository keeps under a digest. Times are epoch milliseconds. */
export interface StoredImage {
  readonly digest: string;
  readonly manifest: Manifest;
  readonly tags: readonly string[];
  readonly pushedAt: number;
}
