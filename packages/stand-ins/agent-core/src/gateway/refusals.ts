interface RefusalDetails {
  readonly headers?: Readonly<Record<string, string>>;
  /** For the JSON-RPC error. */
  readonly data?: unknown;
  readonly cause?: unknown;
}

/** A request the gateway turns away with an HTTP status and a JSON-RPC error, before any tool is looked at. */
export class GatewayRefusal extends Error {
  readonly code = 'gateway-refusal';
  readonly status: number;
  readonly rpcCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: unknown;

  constructor(status: number, rpcCode: number, message: string, { headers = {}, data, cause }: RefusalDetails = {}) {
    super(message, { cause });
    this.status = status;
    this.rpcCode = rpcCode;
    this.headers = headers;
    this.data = data;
  }

  toResponse(id: string | number | null): Response {
    const error = { code: this.rpcCode, message: this.message, ...(this.data === undefined ? {} : { data: this.data }) };
    return Response.json({ jsonrpc: '2.0', id, error }, { status: this.status, headers: this.headers });
  }
}

/** A JSON-RPC error inside an answer of status 200: the request was understood, what it asks for does not exist or is wrong. */
export class RpcError extends Error {
  readonly code = 'rpc-error';
  readonly rpcCode: number;

  constructor(rpcCode: number, message: string) {
    super(message);
    this.rpcCode = rpcCode;
  }
}
