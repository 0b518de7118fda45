import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';

/** One country's event bus. */
export type Bus = {
  /** Sends in tens, all at once; gives the entries that were refused for good, and throws when any other failed. */
  publish<E extends Entry>(entries: readonly E[]): Promise<{ entry: E; code: string }[]>;
};

export type Entry = { readonly source: string; readonly type: string; readonly detail: string };

/** Codes of an entry that no repeat can mend. */
const hopeless = new Set(['MalformedDetail', 'InvalidArgument', 'NotAuthorizedForSourceException']);
const TEN = 10;

export const busOf = (client: EventBridgeClient, name: string): Bus => ({
  async publish(entries) {
    const tens = Array.from({ length: Math.ceil(entries.length / TEN) }, (_, i) =>
      entries.slice(i * TEN, (i + 1) * TEN),
    );
    const failed = (await Promise.all(tens.map((ten) => put(client, name, ten)))).flat();
    const again = failed.filter(({ code }) => !hopeless.has(code));
    if (again.length > 0) throw new Error(`${again.length} entries were not taken`);
    return failed;
  },
});

const put = async <E extends Entry>(
  client: EventBridgeClient,
  name: string,
  entries: readonly E[],
) => {
  const Entries: PutEventsRequestEntry[] = entries.map(({ source, type, detail }) => ({
    EventBusName: name,
    Source: source,
    DetailType: type,
    Detail: detail,
  }));
  const { Entries: answers = [], FailedEntryCount } = await client.send(
    new PutEventsCommand({ Entries }),
  );
  const failed = entries.flatMap((entry, i) => {
    const code = answers[i]?.ErrorCode;
    return code ? [{ entry, code }] : [];
  });
  // An answer that does not say which entries failed is worth no trust at all.
  if (failed.length !== (FailedEntryCount ?? 0)) throw new Error('PutEvents contradicts itself');
  return failed;
};
