import { DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Fact } from '../../events/envelope.ts';
import type { LocalCountry } from './country.ts';

/** The facts of a subject as they stand in one country's ledger, one country after the other. */
export const factsIn = async (
  { client, tables }: LocalCountry,
  subject: string,
): Promise<Fact[]> => {
  const pages = paginateQuery(
    { client: new DynamoDBClient(client) },
    {
      TableName: tables.ledger,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :fact)',
      ExpressionAttributeValues: { ':pk': { S: subject }, ':fact': { S: 'fact#' } },
    },
  );
  const facts: Fact[] = [];
  for await (const { Items = [] } of pages)
    facts.push(...Items.map(({ fact }) => JSON.parse(fact?.S ?? 'null')));
  return facts;
};
