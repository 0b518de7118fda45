import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;
type Names = Record<string, string> | undefined;
type Values = Item | undefined;
type Read = (item: Item | undefined, names: Names, values: Values) => AttributeValue | undefined;
export type Condition = (item: Item | undefined, names: Names, values: Values) => boolean;

const pathOf = (text: string, names: Names) =>
  text.split('.').map((part) => (part.startsWith('#') ? (names?.[part] ?? part) : part));

const at = (item: Item | undefined, path: readonly string[]): AttributeValue | undefined =>
  path.reduce<AttributeValue | undefined>(
    (value, part) => value?.M?.[part],
    item && ({ M: item } as AttributeValue),
  );

export const worth = (value: AttributeValue | undefined): string | number | boolean | undefined =>
  value?.N === undefined ? (value?.S ?? value?.BOOL) : Number(value.N);

const compare: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

class Parser {
  readonly #tokens: string[];

  constructor(text: string) {
    this.#tokens = text.match(/<=|>=|<>|[()=<>,]|[:#\w.-]+/g) ?? [];
  }

  whole(): Condition {
    const read = this.#or();
    if (this.#tokens.length > 0) throw new Error(`not understood: ${this.#tokens.join(' ')}`);
    return read;
  }

  #or(): Condition {
    const a = this.#and();
    if (!this.#takes('OR')) return a;
    const b = this.#or();
    return (...on) => a(...on) || b(...on);
  }

  #and(): Condition {
    const a = this.#one();
    if (!this.#takes('AND')) return a;
    const b = this.#and();
    return (...on) => a(...on) && b(...on);
  }

  #one(): Condition {
    if (this.#takes('NOT')) {
      const a = this.#one();
      return (...on) => !a(...on);
    }
    if (this.#takes('(')) {
      const a = this.#or();
      this.#must(')');
      return a;
    }
    const word = this.#tokens.shift() ?? '';
    if (this.#takes('(')) return this.#call(word);
    if (this.#takes('BETWEEN')) return this.#between(word);
    const sign = this.#tokens.shift() ?? '';
    const [a, b, holds] = [operand(word), operand(this.#tokens.shift() ?? ''), compare[sign]];
    if (!holds) throw new Error(`no sign: ${sign}`);
    return (...on) => {
      const [x, y] = [worth(a(...on)), worth(b(...on))];
      return x !== undefined && y !== undefined && holds(x as string, y as string);
    };
  }

  /** Both ends count; DynamoDB refuses a first that is after the last. */
  #between(word: string): Condition {
    const [a, first] = [operand(word), operand(this.#tokens.shift() ?? '')];
    this.#must('AND');
    const last = operand(this.#tokens.shift() ?? '');
    return (...on) => {
      const [x, from, until] = [a, first, last].map((read) => worth(read(...on)));
      if (from === undefined || until === undefined || from > until)
        throw new Error('ValidationException: BETWEEN holds nothing');
      return x !== undefined && from <= x && x <= until;
    };
  }

  #call(name: string): Condition {
    const of: Read[] = [];
    do of.push(operand(this.#tokens.shift() ?? ''));
    while (this.#takes(','));
    this.#must(')');
    const [a, b] = of as [Read, Read];
    switch (name) {
      case 'attribute_exists':
        return (...on) => a(...on) !== undefined;
      case 'attribute_not_exists':
        return (...on) => a(...on) === undefined;
      case 'begins_with':
        return (...on) => String(worth(a(...on)) ?? '').startsWith(String(worth(b(...on))));
      default:
        throw new Error(`no function: ${name}`);
    }
  }

  #takes(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #must(token: string) {
    if (!this.#takes(token)) throw new Error(`${token} is missing`);
  }
}

const operand = (word: string): Read =>
  word.startsWith(':')
    ? (_item, _names, values) => values?.[word]
    : (item, names) => at(item, pathOf(word, names));

const known = new Map<string, Condition>();

/** What a condition expression says, read once. Knows what our code uses. */
export const conditionOf = (text: string): Condition => {
  const before = known.get(text);
  if (before) return before;
  const condition = new Parser(text).whole();
  known.set(text, condition);
  return condition;
};

/** The item after an update expression; the old one stays as it was. */
export const updated = (item: Item, text: string, names: Names, values: Values): Item => {
  let after: Item = { ...item };
  for (const [, verb, list = ''] of text.matchAll(
    /(SET|ADD|REMOVE) (.+?)(?= SET | ADD | REMOVE |$)/g,
  ))
    for (const clause of list.split(/,\s*(?![^()]*\))/)) {
      const [, path = '', value = ''] = /^(\S+)(?:\s*=\s*|\s+)?(.*)$/.exec(clause.trim()) ?? [];
      const where = pathOf(path, names);
      const given = assigned(value, after, names, values);
      if (verb === 'REMOVE') after = put(after, where, undefined);
      else after = put(after, where, verb === 'ADD' ? sum(at(after, where), given) : given);
    }
  return after;
};

const assigned = (text: string, item: Item, names: Names, values: Values) => {
  const [, path = '', other = ''] = /^if_not_exists\((\S+),\s*(\S+)\)$/.exec(text) ?? [];
  return (
    (path && operand(path)(item, names, values)) || operand(other || text)(item, names, values)
  );
};

const put = (
  item: Item,
  [first = '', ...rest]: string[],
  value: AttributeValue | undefined,
): Item => {
  if (rest.length === 0) {
    const { [first]: _, ...others } = item;
    return value ? { ...others, [first]: value } : others;
  }
  return { ...item, [first]: { M: put(item[first]?.M ?? {}, rest, value) } };
};

const sum = (a: AttributeValue | undefined, b: AttributeValue | undefined): AttributeValue =>
  b?.NS
    ? { NS: [...new Set([...(a?.NS ?? []), ...b.NS])] }
    : { N: String(Number(a?.N ?? 0) + Number(b?.N ?? 0)) };
