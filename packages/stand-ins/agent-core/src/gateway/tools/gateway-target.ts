import type { JsonObject } from '@vera/stand-in-kit/json-object';

/** How the gateway proves itself to what is behind a target: an API key of AgentCore Identity. */
export interface ApiKeyCredential {
  /** Default `header`. */
  readonly in?: 'header' | 'query';
  /** Such as `Authorization`. */
  readonly name: string;
  /** Stands before the key, with a space between, such as `Basic`. */
  readonly prefix?: string;
  readonly key: string;
}

/** Client credentials of AgentCore Identity. */
export interface OAuthCredential {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
}

/** One thing behind the gateway. Its tools are called `name___tool`. */
export type GatewayTarget = ApiTarget | McpTarget;

export interface ApiTarget {
  readonly name: string;
  /** A parsed OpenAPI document, references and all. */
  readonly document: JsonObject;
  /** Where the API is; takes the place of the document's own server. Without a slash at the end. */
  readonly server: string;
  readonly credential: ApiKeyCredential;
}

/**
 * An MCP server. What is sent to it is authorized by one of both credentials, or not at all
 * (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html).
 */
export interface McpTarget {
  readonly name: string;
  readonly endpoint: string;
  /** DEFAULT: the tools are those of the last synchronization. DYNAMIC: those of now. */
  readonly listingMode?: 'DEFAULT' | 'DYNAMIC';
  readonly apiKey?: ApiKeyCredential;
  readonly oauth?: OAuthCredential;
  /** Nobody says whether a gateway passes the annotations of a server on: not, unless a test wants to see what it would mean. */
  readonly passesAnnotations?: boolean;
}

export function isMcpTarget(target: GatewayTarget): target is McpTarget {
  return 'endpoint' in target;
}

/** The key as it is sent. */
export function sentKeyOf({ prefix, key }: ApiKeyCredential): string {
  return prefix ? `${prefix} ${key}` : key;
}
