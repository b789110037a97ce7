/** An error in the wire form of AWS: `__type` in the body for JSON protocols, `x-amzn-errortype` in the header for REST. */
export class AwsError extends Error {
  readonly code = 'aws-error';
  readonly type: string;
  readonly status: number;
  readonly fields: Record<string, unknown>;
  /** Sent as `Retry-After`, where a service says how long to wait. */
  retryAfterSeconds: number | undefined;

  constructor(status: number, type: string, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.fields = fields;
  }

  toResponse(): Response {
    const body = JSON.stringify({ __type: this.type, message: this.message, ...this.fields });
    const headers = new Headers({
      'content-type': 'application/json',
      'x-amzn-errortype': this.type,
      'x-amzn-requestid': crypto.randomUUID(),
    });
    if (this.retryAfterSeconds !== undefined) headers.set('retry-after', String(this.retryAfterSeconds));
    return new Response(body, { status: this.status, headers });
  }
}
