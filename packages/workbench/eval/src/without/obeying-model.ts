import type { Model } from '@vera/bedrock-stand-in/model';
import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';
import type { Obeying, Told } from '../eval-case.ts';
import { askedIn, textsFrom } from '../recording/request-parts.ts';
import { callsSinceAsked } from '../tool-calls.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

export interface ObeyingModel {
  readonly model: Model;
  /** Sentences that it went by, by their text. */
  readonly consulted: ReadonlyMap<string, Sentence>;
  /** All that it was told. */
  readonly told: ReadonlyMap<string, Sentence>;
}

/** A model that does what a case says it does of what it reads; of this sentence it never heard. */
export function obeyingModel(obeys: Obeying, without?: string): ObeyingModel {
  const consulted = new Map<string, Sentence>();
  const told = new Map<string, Sentence>();
  const model = scriptedModel((request) => {
    const sentences = sentencesOf(request).filter(({ text }) => text !== without);
    for (const sentence of sentences) keepFirst(told, sentence);
    return obeys(toldBy(request, sentences, consulted));
  });
  return { model, consulted, told };
}

function toldBy(request: ConverseRequest, sentences: readonly Sentence[], consulted: Map<string, Sentence>): Told {
  return {
    reads(words) {
      const found = sentences.filter(({ text }) => text.includes(words));
      for (const sentence of found) keepFirst(consulted, sentence);
      return found.length > 0;
    },
    asked: askedIn(request),
    thread: textsFrom(request).join('\n'),
    calls: callsSinceAsked(request),
  };
}

/** The same words may stand in several tools. */
function keepFirst(sentences: Map<string, Sentence>, sentence: Sentence): void {
  if (!sentences.has(sentence.text)) sentences.set(sentence.text, sentence);
}
