import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Instant, Office } from '../events/envelope.ts';
import type { View } from './referral/view.ts';

/** `inbox`: what an office was asked. `sent`: what it asked. */
export type List = 'inbox' | 'sent';
export type Listed = {
  readonly office: Office;
  readonly list: List;
  readonly since: Instant;
  readonly view: View;
};

export type Views = {
  /** Keeps the newest view: `folded` is the number of facts that it was made of. */
  put(listed: Listed, folded: number): Promise<void>;
  /** Newest first; `next` is the cursor of the following page. */
  page(
    list: List,
    office: Office,
    limit: number,
    cursor?: string,
  ): Promise<{ items: View[]; next?: string }>;
};

const keyOf = (list: List, office: Office) => ({ S: `${list}#${office}` });

export const viewsIn = (client: DynamoDBClient, table: string): Views => ({
  async put({ office, list, since, view }, folded) {
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        pk: keyOf(list, office),
        sk: { S: `${since}#${view.ref}` },
        view: { S: JSON.stringify(view) },
        folded: { N: String(folded) },
      },
      ConditionExpression: 'attribute_not_exists(folded) OR folded < :folded',
      ExpressionAttributeValues: { ':folded': { N: String(folded) } },
    });
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  },
  async page(list, office, limit, cursor) {
    const pk = keyOf(list, office);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ScanIndexForward: false,
        Limit: limit,
        ...(cursor && {
          ExclusiveStartKey: { pk, sk: { S: Buffer.from(cursor, 'base64url').toString() } },
        }),
      }),
    );
    const last = LastEvaluatedKey?.sk?.S;
    return {
      items: Items.map((item) => JSON.parse(item.view?.S ?? 'null') as View),
      ...(last && { next: Buffer.from(last).toString('base64url') }),
    };
  },
});
