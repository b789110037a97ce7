import { AwsError } from '@vera/aws-stand-in/aws-error';

/**
 * Refuses a session id the service would not take. Requests may have 33–256 characters, but the response's shape and Memory
 * take at most 100 of `[a-zA-Z0-9-_]`, so that only such ids work everywhere.
 */
export function refuseBadSessionId(id: string): void {
  if (id.length < 33 || id.length > 256) throw invalid('Member must have length between 33 and 256');
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-_]{32,99}$/.test(id))
    throw invalid('Member must satisfy [a-zA-Z0-9][a-zA-Z0-9-_]* and have at most 100 characters');
}

function invalid(why: string): AwsError {
  const message = `Value at 'runtimeSessionId' failed to satisfy constraint: ${why}`;
  return new AwsError(400, 'ValidationException', message, {
    reason: 'FieldValidationFailed',
    fieldList: [{ name: 'runtimeSessionId', message: why }],
  });
}
