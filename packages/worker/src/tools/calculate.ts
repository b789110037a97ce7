import * as z from 'zod';
import { evaluate } from './arithmetic.ts';
import { ToolFailure, tool } from './tool.ts';

export const calculate = () =>
  tool({
    name: 'calculate',
    title: 'Calculating',
    description:
      'Calculates an arithmetic expression exactly as written: + - * / % ^, parentheses, and sqrt, abs, round, floor, ceil, min, max, log, exp.',
    inputSchema: z.object({ expression: z.string().min(1).max(500).describe('For example (17 * 3.5) / 2 or round(199 * 1.19)') }),
    callback: ({ expression }) => {
      const result = evaluate(expression);
      if (result.kind === 'error') throw new ToolFailure(`${expression}: ${result.message}`);
      return `${expression} = ${Number(result.value.toPrecision(15))}`;
    },
  });
