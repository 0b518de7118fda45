import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { conditionOf, type Item, updated } from './expressions.ts';
import type { Op } from './invocation.ts';

type Input = {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Item: Item;
  readonly Key: Item;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
  readonly ExclusiveStartKey?: Item;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly Segment?: number;
  readonly TotalSegments?: number;
};
type Call = <T>(op: Op, effect: () => T) => Promise<T>;

export type Hooks = {
  readonly call: Call;
  /** Items a page, at most. */
  readonly page: number;
  /** A new item stands in a table. */
  readonly inserted: (table: string, item: Item) => void;
  /** A put on its way: where bugs change it. */
  readonly putting: (input: Input) => Input;
  readonly refusing: (table: string, old: Item | undefined) => Item | undefined;
};

/** One partition: its items in the order of their sort keys. */
type Partition = Map<string, Item>;

const skOf = (item: Item) => item.sk?.S ?? '';
/** The key that orders an index; it holds only what has it. */
const keyOfIndex: Readonly<Record<string, string>> = { 'by-due': 'due' };

/** DynamoDB as our code uses it: conditional writes, key ranges, an index, pages, scans in parts. */
export class Dynamo {
  readonly client: DynamoDBClient;
  readonly #tables = new Map<string, Map<string, Partition>>();
  readonly #hooks: Hooks;

  constructor(hooks: Hooks) {
    this.#hooks = hooks;
    const send = (command: { readonly input: Input }) => {
      const { name } = command.constructor;
      const does = this.#does[name];
      if (!does) throw new Error(`DynamoDB knows no ${name} here`);
      return does(command.input);
    };
    this.client = Object.assign(Object.create(DynamoDBClient.prototype), { send });
  }

  /** All items of a partition, in order; what no call of a client would do. */
  peek(table: string, pk: string): Item[] {
    return [...(this.#partition(table, pk)?.values() ?? [])];
  }

  keys(table: string): string[] {
    return [...(this.#tables.get(table)?.keys() ?? [])];
  }

  readonly #does: Record<string, (input: Input) => Promise<object>> = {
    PutItemCommand: (input) =>
      this.#hooks.call('write', () => this.#put(this.#hooks.putting(input))),
    UpdateItemCommand: (input) => this.#hooks.call('write', () => this.#update(input)),
    DeleteItemCommand: (input) =>
      this.#hooks.call('write', () => {
        this.#partition(input.TableName, input.Key.pk?.S ?? '')?.delete(skOf(input.Key));
        return {};
      }),
    GetItemCommand: (input) =>
      this.#hooks.call('read', () => {
        const Item = this.#get(input.TableName, input.Key);
        return Item ? { Item } : {};
      }),
    QueryCommand: (input) => this.#hooks.call('read', () => this.#query(input)),
    ScanCommand: (input) => this.#hooks.call('read', () => this.#scan(input)),
  };

  #partition(table: string, pk: string) {
    return this.#tables.get(table)?.get(pk);
  }

  #get(table: string, key: Item): Item | undefined {
    return this.#partition(table, key.pk?.S ?? '')?.get(skOf(key));
  }

  #checked({ TableName, ConditionExpression: text, ...input }: Input, old: Item | undefined) {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    if (text === undefined || conditionOf(text)(old, names, values)) return;
    const Item = this.#hooks.refusing(TableName, old);
    throw new ConditionalCheckFailedException({
      ...{ message: 'The conditional request failed', $metadata: {} },
      ...(Item && { Item }),
    });
  }

  #put(input: Input): object {
    const { TableName: table, Item: item } = input;
    const old = this.#get(table, item);
    this.#checked(input, old);
    this.#set(table, item);
    if (!old) this.#hooks.inserted(table, item);
    return {};
  }

  #set(table: string, item: Item) {
    const partitions = this.#tables.get(table) ?? new Map<string, Partition>();
    this.#tables.set(table, partitions);
    const pk = item.pk?.S ?? '';
    const before = partitions.get(pk) ?? new Map<string, Item>();
    const sk = skOf(item);
    const last = [...before.keys()].at(-1);
    const sorts = !before.has(sk) && last !== undefined && sk < last;
    before.set(sk, item);
    partitions.set(
      pk,
      sorts ? new Map([...before].toSorted(([a], [b]) => (a < b ? -1 : 1))) : before,
    );
  }

  #update(input: Input): object {
    const { TableName: table, Key, UpdateExpression = '' } = input;
    const old = this.#get(table, Key);
    this.#checked(input, old);
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    this.#set(table, updated(old ?? Key, UpdateExpression, names, values));
    return {};
  }

  #query(input: Input): object {
    const { KeyConditionExpression: text = '', ExpressionAttributeValues: values } = input;
    const { ExpressionAttributeNames: names, ExclusiveStartKey: start } = input;
    const of = /(?:^|\s)pk = (:\w+)/.exec(text)?.[1] ?? '';
    const within = conditionOf(text);
    const found = this.#ordered(input, values?.[of]?.S ?? '').filter((i) =>
      within(i, names, values),
    );
    if (input.ScanIndexForward === false) found.reverse();
    const forth = input.ScanIndexForward === false ? -1 : 1;
    const after = start && skOf(start);
    const rest =
      after === undefined
        ? found
        : found.filter((i) => (skOf(i) > after ? 1 : -1) * forth > 0 && skOf(i) !== after);
    return this.#page(rest, input);
  }

  #ordered({ TableName, IndexName }: Input, pk: string): Item[] {
    const all = this.peek(TableName, pk);
    if (IndexName === undefined) return all;
    const key = keyOfIndex[IndexName] ?? '';
    const at = (item: Item) => item[key]?.S ?? '';
    return all.filter(at).toSorted((a, b) => (at(a) < at(b) ? -1 : Number(at(a) > at(b))));
  }

  #scan(input: Input): object {
    const { Segment = 0, TotalSegments = 1, ExclusiveStartKey: start } = input;
    const after = start && `${start.pk?.S} ${skOf(start)}`;
    const mine = this.keys(input.TableName).filter(
      (pk) => segmentOf(pk, TotalSegments) === Segment,
    );
    const all = mine.toSorted().flatMap((pk) => this.peek(input.TableName, pk));
    const rest = all.filter((i) => after === undefined || `${i.pk?.S} ${skOf(i)}` > after);
    return this.#page(rest, input);
  }

  #page(found: readonly Item[], { Limit, FilterExpression: text, ...input }: Input): object {
    const Items = found.slice(0, Math.min(Limit ?? this.#hooks.page, this.#hooks.page));
    const last = Items.length < found.length ? Items.at(-1) : undefined;
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    const kept =
      text === undefined ? Items : Items.filter((i) => conditionOf(text)(i, names, values));
    return { Items: kept, ...(last && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }) };
  }
}

const segmentOf = (pk: string, segments: number) =>
  [...pk].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % segments;
