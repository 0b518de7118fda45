import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { EndpointId } from '../events/endpoint.ts';
import type { Instant, Office } from '../events/envelope.ts';

/** An office's registered URL. `secret`: KMS ciphertext, base64, with the encryption context `endpoint=<id>`. */
export type Endpoint = {
  readonly id: EndpointId;
  readonly office: Office;
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string | undefined;
  readonly state: 'active';
  readonly secret: string;
  readonly createdAt: Instant;
};

export type Endpoints = {
  of(office: Office): Promise<Endpoint[]>;
  get(office: Office, id: EndpointId): Promise<Endpoint | undefined>;
  /** Again with a new secret, where the URL was registered before. */
  put(endpoint: Endpoint): Promise<void>;
};

const keyOf = (office: Office, id: EndpointId) => ({
  pk: { S: `O#${office}` },
  sk: { S: `E#${id}` },
});

export const endpointsIn = (client: DynamoDBClient, table: string): Endpoints => ({
  async of(office) {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :endpoint)',
        ExpressionAttributeValues: { ':pk': { S: `O#${office}` }, ':endpoint': { S: 'E#' } },
      }),
    );
    return Items.map((item) => unmarshall(item) as Endpoint);
  },
  async get(office, id) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: keyOf(office, id) }),
    );
    return Item && (unmarshall(Item) as Endpoint);
  },
  async put(endpoint) {
    const Item = {
      ...keyOf(endpoint.office, endpoint.id),
      ...marshall(endpoint, { removeUndefinedValues: true }),
    };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  },
});
