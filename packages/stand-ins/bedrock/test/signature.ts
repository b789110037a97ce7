/** Headers of a request signed for Bedrock, for bodies and paths the SDK would not send. */
export const signature = {
  authorization: `AWS4-HMAC-SHA256 Credential=worker/20261123/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
};
