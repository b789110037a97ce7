import { AwsError } from '@vera/aws-stand-in/aws-error';

export function validationError(message: string): AwsError {
  return new AwsError(400, 'ValidationException', message);
}

/** The words AWS uses when a member breaks a constraint of the service's model. */
export function constraintError(member: string, value: unknown, constraint: string): AwsError {
  return validationError(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}
