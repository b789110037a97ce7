import type { JsonObject } from '@vera/stand-in-kit/json-object';

/** How the gateway proves itself to the API behind a target: an API key of AgentCore Identity. */
export interface ApiKeyCredential {
  /** Default `header`. */
  readonly in?: 'header' | 'query';
  /** Such as `Authorization`. */
  readonly name: string;
  /** Stands before the key, with a space between, such as `Basic`. */
  readonly prefix?: string;
  readonly key: string;
}

/** One API behind the gateway. */
export interface GatewayTarget {
  /** The tools are called `name___operationId`. */
  readonly name: string;
  /** A parsed OpenAPI document, references and all. */
  readonly document: JsonObject;
  /** Where the API is; takes the place of the document's own server. Without a slash at the end. */
  readonly server: string;
  readonly credential: ApiKeyCredential;
}
