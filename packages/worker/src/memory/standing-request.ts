import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod/mini';
import { type Place, places } from './memory-owner.ts';

/** What somebody asked for once and for all, in their own words: how they like answers, or what to do when they ask for something by name. */
export type StandingRequest = { readonly text: string; readonly place: Place } & (
  | { readonly kind: 'preference'; readonly form?: Form | undefined }
  | { readonly kind: 'procedure'; readonly name: string }
);

/** What of an answer's form a preference is about, and that it is about no more. */
export type Form = (typeof forms)[number];

export const forms = ['language', 'length', 'format', 'tone'] as const;

const words = z.string().check(z.minLength(1), z.maxLength(textLimits.standingRequest));
/** One that does not tell where it was said may have been said in private. */
const place = z.catch(z.enum(places), 'closed');
const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('preference'), text: words, place, form: z.catch(z.optional(z.enum(forms)), undefined) }),
  z.object({ kind: z.literal('procedure'), name: z.string().check(z.minLength(1), z.maxLength(textLimits.name)), text: words, place }),
]);

/** As it is kept: what a person sees before their yes is what is kept, so both are made of what this gives. */
export function toStandingRequest(given: StandingRequest): StandingRequest {
  const text = shorten(given.text.trim(), textLimits.standingRequest);
  const { kind, place } = given;
  return kind === 'preference'
    ? { kind, text, place, form: given.form }
    : { kind, name: shorten(given.name.trim(), textLimits.name), text, place };
}

/**
 * Whether it is followed where these places may be spoken of (`MemoryPlace.recalled`): what was said in private, and what one does there, stays
 * there, but for how answers look. Nothing is followed where other companies read along.
 */
export function isFollowedIn(recalled: readonly Place[], standing: StandingRequest): boolean {
  if (recalled.length === 0) return false;
  return recalled.includes(standing.place) || (standing.kind === 'preference' && standing.form !== undefined);
}

/** Also in channels. */
export function isFollowedEverywhere(standing: StandingRequest): boolean {
  return isFollowedIn(['open'], standing);
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
