import * as z from 'zod';

export const requestInputs = {
  desk: z.string().min(1).max(200).describe('The service desk, by its name or project key'),
  request_type: z.string().min(1).max(200).describe('The kind of request, by its name'),
};
