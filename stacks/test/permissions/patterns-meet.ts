/** One or any number of characters; undefined for `like` means any character. */
interface Token {
  readonly many: boolean;
  readonly like: (character: string) => boolean;
  readonly literal?: string;
}

const any = () => true;
/** AWS allows slashes inside these names. */
const withSlashes = /Object|LogGroup|LogStream|SecretId|WithPath|Repository|Alias/;

/** Whether some ARN is meant both by a resource of a policy (`*` and `?` in it) and by an ARN form (`${TableName}` in it). */
export function patternsMeet(resource: string, form: string): boolean {
  const left = [...resource].map((character): Token => {
    if (character === '*') return { many: true, like: any };
    if (character === '?') return { many: false, like: any };
    return literal(character);
  });
  const right = form.split(/(\$\{\w+\})/).flatMap((part): Token[] => {
    if (!part.startsWith('${')) return [...part].map(literal);
    return [{ many: true, like: (character) => character !== ':' && (character !== '/' || withSlashes.test(part)) }];
  });
  return meet(left, right);
}

function literal(character: string): Token {
  return { many: false, like: (other) => other === character, literal: character };
}

/** Walks both at once; a place is how far each has come. */
function meet(left: readonly Token[], right: readonly Token[]): boolean {
  const open: Place[] = [[0, 0]];
  const seen = new Set<string>();
  for (let place = open.pop(); place; place = open.pop()) {
    if (seen.has(place.join())) continue;
    seen.add(place.join());
    if (place[0] === left.length && place[1] === right.length) return true;
    open.push(...stepsFrom(place, left[place[0]], right[place[1]]));
  }
  return false;
}

type Place = readonly [number, number];

function stepsFrom([l, r]: Place, one: Token | undefined, other: Token | undefined): Place[] {
  const steps: Place[] = [];
  if (one?.many) steps.push([l + 1, r]);
  if (other?.many) steps.push([l, r + 1]);
  if (one && other && shareCharacter(one, other)) steps.push([one.many ? l : l + 1, other.many ? r : r + 1]);
  return steps;
}

function shareCharacter(one: Token, other: Token): boolean {
  if (one.literal !== undefined) return other.like(one.literal);
  // Where neither says which, some letter will do.
  return other.literal === undefined || one.like(other.literal);
}
