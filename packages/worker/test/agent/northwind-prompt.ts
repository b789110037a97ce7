import { readPromptFiles } from '../../src/agent/prompt-files.ts';
import { createSystemPrompt } from '../../src/agent/system-prompt.ts';

export const promptFolder = new URL('../../src/prompt/', import.meta.url);

/** The prompt that ships. */
export const northwindPrompt = createSystemPrompt(readPromptFiles(promptFolder), 'Northwind');
