import { scriptedModel } from '@vera/bedrock-stand-in/scripted-model';

export const shortAnswer = 'A short answer of a few words, said at once.';

/** Takes no time, so that what is measured is Vera's. */
export const quickModel = scriptedModel(() => shortAnswer);
