import { AwsError } from '@vera/aws-stand-in/aws-error';
import { validationError } from '../runtime/validation-error.ts';

const overflow = /context (?:length|window|size)|maximum context|too many tokens|prompt is too long|exceeds? the available context/i;

/** What Bedrock would have answered where an OpenAI-compatible server refused. */
export async function failureOf(response: Response): Promise<AwsError> {
  const text = (await response.text()).slice(0, 500);
  const message = `The model server answered ${response.status}: ${text}`;
  if (overflow.test(text)) return validationError('Input is too long for requested model.');
  switch (response.status) {
    case 400:
    case 422:
      return validationError(message);
    case 401:
    case 403:
      return new AwsError(403, 'AccessDeniedException', message);
    case 404:
      return new AwsError(404, 'ResourceNotFoundException', message);
    case 429:
      return new AwsError(429, 'ThrottlingException', message);
    case 503:
      return new AwsError(503, 'ServiceUnavailableException', message);
    default:
      return new AwsError(424, 'ModelErrorException', message, { originalStatusCode: response.status });
  }
}
