import { Hono } from 'hono';
import { type Lab, NothingToBreak } from '../lab.ts';
import { BadRequest, readFields } from './read-fields.ts';

/** What the person in front of the page breaks. */
export function labRoutes(lab: Lab): Hono {
  const routes = new Hono();
  routes.post('/toggle', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    tried(() => lab.toggle(fields.required('fault')));
    return json({});
  });
  routes.post('/play', async ({ req, json }) => {
    const fields = await readFields(req.raw);
    return json(tried(() => lab.play(fields.required('story'), fields.required('user'))));
  });
  return routes;
}

function tried<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof NothingToBreak) throw new BadRequest(error.message, { cause: error });
    throw error;
  }
}
