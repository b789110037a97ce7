import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { ToolFailure, tool } from './tool.ts';

export const calculate = () =>
  tool({
    name: 'calculate',
    title: 'Calculating',
    saysOwnWords: true,
    description:
      'Calculates an arithmetic expression exactly as written: + - * / % ^, parentheses, and sqrt, abs, round, floor, ceil, min, max, log, exp.',
    inputSchema: z.object({ expression: z.string().min(1).max(500).describe('For example (17 * 3.5) / 2 or round(199 * 1.19)') }),
    callback: ({ expression }) => {
      const result = evaluate(expression);
      if (result.kind === 'error') throw new ToolFailure(`${expression}: ${result.message}`);
      return `${expression} = ${Number(result.value.toPrecision(15))}`;
    },
  });

export const currentTime = (now: () => number) =>
  tool({
    name: 'current_time',
    title: 'Looking at the clock',
    saysOwnWords: true,
    description:
      'Tells the current date, weekday and time, in any time zone. Call it for anything relative to now, such as today or next week.',
    inputSchema: z.object({ time_zone: z.string().default('UTC').describe('An IANA time zone, such as Europe/Berlin') }),
    callback: ({ time_zone }) => {
      try {
        const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long', timeZone: time_zone });
        return `${format.format(now())} (${new Date(now()).toISOString()})`;
      } catch (cause) {
        throw new ToolFailure(`"${time_zone}" is not an IANA time zone. Use one like Europe/Berlin.`, { cause });
      }
    },
  });

export type Evaluation = { readonly kind: 'value'; readonly value: number } | { readonly kind: 'error'; readonly message: string };

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  sqrt: Math.sqrt,
  abs: Math.abs,
  round: (value = Number.NaN, digits = 0) => shifted(Math.round(shifted(value, digits)), -digits),
  floor: Math.floor,
  ceil: Math.ceil,
  min: Math.min,
  max: Math.max,
  log: Math.log,
  exp: Math.exp,
};
const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const token = /\s*(?:(\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)|([a-z]+)|(\*\*|[-+*/%^(),]))/iy;

/** `value` with its decimal point moved, which multiplying by a power of ten would blur. */
function shifted(value: number, places: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

class ExpressionError extends Error {}

/** The value of an arithmetic expression. Nothing but numbers, the four functions of a desk calculator and a few more is understood. */
export function evaluate(expression: string): Evaluation {
  try {
    const parser = new Parser(tokensOf(expression));
    const value = parser.sum();
    parser.end();
    return Number.isFinite(value) ? { kind: 'value', value } : { kind: 'error', message: 'has no finite value' };
  } catch (error) {
    if (error instanceof ExpressionError) return { kind: 'error', message: error.message };
    if (error instanceof RangeError) return { kind: 'error', message: 'is nested too deeply' };
    throw error;
  }
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  const source = expression.trim().replaceAll('×', '*').replaceAll('÷', '/').replaceAll('−', '-');
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const match = token.exec(source);
    if (!match) throw new ExpressionError(`cannot be read at "${shorten(source.slice(at), textLimits.unreadable, { notice: '' })}"`);
    tokens.push(match[0].trim().toLowerCase());
  }
  return tokens;
}

/** Recursive descent, one method a level of precedence. */
class Parser {
  private at = 0;
  private readonly tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  sum(): number {
    let value = this.product();
    for (let operator = this.take('+', '-'); operator; operator = this.take('+', '-')) {
      const right = this.product();
      value = operator === '+' ? value + right : value - right;
    }
    return value;
  }

  end(): void {
    if (this.at < this.tokens.length) throw new ExpressionError(`has "${this.tokens[this.at]}" too many`);
  }

  private product(): number {
    let value = this.unary();
    for (let operator = this.take('*', '/', '%'); operator; operator = this.take('*', '/', '%')) {
      const right = this.unary();
      if (operator === '*') value *= right;
      else value = operator === '/' ? value / right : value % right;
    }
    return value;
  }

  private unary(): number {
    if (this.take('-')) return -this.unary();
    if (this.take('+')) return this.unary();
    const base = this.atom();
    return this.take('^', '**') ? base ** this.unary() : base;
  }

  private atom(): number {
    const next = this.tokens[this.at];
    this.at += 1;
    if (next === undefined) throw new ExpressionError('ends too early');
    if (next === '(') return this.closed(this.sum());
    if (/^[\d.]/.test(next)) return Number(next);
    const constant = Object.hasOwn(constants, next) ? constants[next] : undefined;
    if (constant !== undefined) return constant;
    const called = Object.hasOwn(functions, next) ? functions[next] : undefined;
    if (!called || !this.take('(')) throw new ExpressionError(`does not know "${next}"`);
    const values = [this.sum()];
    while (this.take(',')) values.push(this.sum());
    return this.closed(called(...values));
  }

  private closed(value: number): number {
    if (!this.take(')')) throw new ExpressionError('lacks a closing parenthesis');
    return value;
  }

  private take(...wanted: string[]): string | undefined {
    const next = this.tokens[this.at];
    if (next === undefined || !wanted.includes(next)) return undefined;
    this.at += 1;
    return next;
  }
}
