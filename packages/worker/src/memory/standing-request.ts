import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod/mini';

/** What somebody asked for once and for all, in their own words: how they like answers, or what to do when they ask for something by name. */
export type StandingRequest =
  | { readonly kind: 'preference'; readonly text: string }
  | { readonly kind: 'procedure'; readonly name: string; readonly text: string };

const words = z.string().check(z.minLength(1), z.maxLength(textLimits.standingRequest));
const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('preference'), text: words }),
  z.object({ kind: z.literal('procedure'), name: z.string().check(z.minLength(1), z.maxLength(textLimits.name)), text: words }),
]);

/** As it is kept: what a person sees before their yes is what is kept, so both are made of what this gives. */
export function toStandingRequest(given: StandingRequest): StandingRequest {
  const text = shorten(given.text.trim(), textLimits.standingRequest);
  return given.kind === 'preference'
    ? { kind: given.kind, text }
    : { kind: given.kind, name: shorten(given.name.trim(), textLimits.name), text };
}

/** Undefined for what we did not write. */
export function readStandingRequest(text: string): StandingRequest | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function standingWords(standing: StandingRequest): string {
  return standing.kind === 'preference' ? standing.text : `When I ask for “${standing.name}”: ${standing.text}`;
}
