import { AwsError } from '@vera/aws-stand-in/aws-error';
import type { FaultTiming } from '@vera/stand-in-kit/fault-list';
import { createFaultQueue, type Delay } from '../fault-queue.ts';
import { constraintError, validationError } from '../runtime/validation-error.ts';
import { assess, maskedBy, reasonOf, refuseTooLong, type Source, usageOf } from './assess.ts';
import { guardrailNamed } from './guarded-request.ts';
import type { Guardrail } from './guardrail.ts';

/** One call of ApplyGuardrail. */
interface ApplyRequest {
  readonly source: Source;
  readonly content: readonly { readonly text?: { readonly text: string } }[];
  readonly outputScope?: 'FULL' | 'INTERVENTIONS';
}

type ApplyFault = FaultTiming &
  (
    | { readonly kind: 'throttled' | 'unavailable' | 'access-denied' }
    /** This answer, whatever was asked. */
    | { readonly kind: 'answer'; readonly answer: object }
  );

export interface ApplyGuardrail {
  /** Oldest first; also those a fault then struck. */
  readonly calls: readonly ApplyRequest[];
  inject(fault: ApplyFault | Delay): void;
  answer(request: Request, id: string, version: string): Promise<Response>;
  reset(): void;
}

export function createApplyGuardrail(guardrails: readonly Guardrail[]): ApplyGuardrail {
  const faults = createFaultQueue<ApplyFault>();
  const calls: ApplyRequest[] = [];
  return {
    calls,
    inject: faults.inject,
    async answer(request, id, version) {
      const asked = readRequest(await request.text());
      calls.push(asked);
      const fault = await faults.next(request.signal);
      if (fault && fault.kind !== 'answer') throw refusalOf(fault);
      return Response.json(fault?.answer ?? applied(guardrailNamed(guardrails, id, version), asked));
    },
    reset() {
      faults.reset();
      calls.length = 0;
    },
  };
}

function readRequest(body: string): ApplyRequest {
  const { source, content, outputScope } = JSON.parse(body || '{}');
  if (source !== 'INPUT' && source !== 'OUTPUT') throw constraintError('source', source, 'satisfy enum value set: [INPUT, OUTPUT]');
  if (!Array.isArray(content) || content.length === 0)
    throw validationError('The content in the request is empty. Add content and try again.');
  return { source, content, ...(outputScope ? { outputScope } : {}) };
}

function applied(guardrail: Guardrail, { source, content, outputScope }: ApplyRequest): object {
  const texts = content.flatMap(({ text }) => text?.text ?? []);
  const length = texts.join('').length;
  refuseTooLong(length);
  const whole = assess(guardrail, texts.join('\n'), { source, isFull: outputScope === 'FULL' });
  const said = source === 'INPUT' ? guardrail.blockedInput : guardrail.blockedOutput;
  const outputs = whole.isBlocked ? [{ text: said }] : texts.map((text) => ({ text: maskedBy(guardrail, text) }));
  return {
    action: whole.intervened ? 'GUARDRAIL_INTERVENED' : 'NONE',
    actionReason: reasonOf(whole),
    outputs: whole.intervened ? outputs : [],
    assessments: [whole.assessment],
    usage: usageOf(guardrail, length),
    guardrailCoverage: { textCharacters: { guarded: length, total: length } },
  };
}

function refusalOf({ kind }: Exclude<ApplyFault, { kind: 'answer' }>): AwsError {
  switch (kind) {
    case 'throttled':
      return new AwsError(429, 'ThrottlingException', 'Too many requests, please wait before trying again.');
    case 'unavailable':
      return new AwsError(503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.');
    case 'access-denied':
      return new AwsError(403, 'AccessDeniedException', 'User is not authorized to perform: bedrock:ApplyGuardrail');
  }
}
