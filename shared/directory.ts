import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Country } from '../events/envelope.ts';
import type { OfficeState } from './office/fold.ts';

export type Offices = Readonly<Record<string, OfficeState>>;

/** The country's snapshot of both directories: one item of the views table, grown by `project`. */
export type Directory = {
  /** At most 60 s old. */
  offices(): Promise<Offices>;
  /** Replaces one office's entry unless a later one stands there. */
  put(office: string, state: OfficeState): Promise<void>;
};

const FRESH_FOR = 60_000;

export const directoryIn = (
  client: DynamoDBClient,
  table: string,
  { country, clock }: { country: Country; clock: () => number },
): Directory => {
  const Key = { pk: { S: 'directory' }, sk: { S: country } };
  let copy: { offices: Offices; at: number } | undefined;
  return {
    async offices() {
      if (copy && clock() - copy.at < FRESH_FOR) return copy.offices;
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));
      const offices = (Item ? unmarshall(Item).offices : {}) as Offices;
      copy = { offices, at: clock() };
      return offices;
    },
    async put(office, state) {
      await client
        .send(
          new PutItemCommand({
            TableName: table,
            Item: { ...Key, offices: { M: {} } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        )
        .catch(ignoreRefusedPut);
      await client
        .send(
          new UpdateItemCommand({
            TableName: table,
            Key,
            UpdateExpression: 'SET offices.#office = :state',
            ConditionExpression:
              'attribute_not_exists(offices.#office) OR offices.#office.folded <= :folded',
            ExpressionAttributeNames: { '#office': office },
            ExpressionAttributeValues: {
              ':state': { M: marshall(state, { removeUndefinedValues: true }) },
              ':folded': { N: String(state.folded) },
            },
          }),
        )
        .catch(ignoreRefusedPut);
    },
  };
};

/** A later entry stands there: that is what we wanted. */
const ignoreRefusedPut = (error: unknown) => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};
