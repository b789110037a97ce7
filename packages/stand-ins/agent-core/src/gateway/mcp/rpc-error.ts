/** A JSON-RPC error inside an answer of status 200: the request was understood, what it asks for does not exist or is wrong. */
export class RpcError extends Error {
  readonly code = 'rpc-error';
  readonly rpcCode: number;

  constructor(rpcCode: number, message: string) {
    super(message);
    this.rpcCode = rpcCode;
  }
}
