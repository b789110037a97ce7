import * as z from 'zod';
import { ToolFailure, tool } from './tool.ts';

export const currentTime = (now: () => number) =>
  tool({
    name: 'current_time',
    title: 'Looking at the clock',
    description:
      'Tells the current date, weekday and time, in any time zone. Call it for anything relative to now, such as today or next week.',
    inputSchema: z.object({ time_zone: z.string().default('UTC').describe('An IANA time zone, such as Europe/Berlin') }),
    callback: ({ time_zone }) => {
      try {
        const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: time_zone });
        return `${format.format(now())} (${new Date(now()).toISOString()})`;
      } catch (cause) {
        throw new ToolFailure(`"${time_zone}" is not an IANA time zone; use one like Europe/Berlin.`, { cause });
      }
    },
  });
