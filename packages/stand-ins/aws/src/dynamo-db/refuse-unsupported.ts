import { AwsError } from '../aws-error.ts';

/** Dynalite ignores parameters it does not know; a caller that relies on one must hear of it. */
export function refuseUnsupported(input: Readonly<Record<string, unknown>>): void {
  const parameter = 'ReturnValuesOnConditionCheckFailure';
  if ((input[parameter] ?? 'NONE') !== 'NONE') throw new AwsError(400, 'ValidationException', `This emulator does not know ${parameter}`);
}
