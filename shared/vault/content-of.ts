import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { CaseFile, ConsentRecord } from '../../events/case-file.ts';
import type { Office, Ref } from '../../events/envelope.ts';
import type { Asked } from '../asked.ts';
import { contextOf } from '../context.ts';
import { Refused } from '../errors.ts';
import type { World } from '../handle.ts';
import type { Ledger } from '../ledger.ts';
import { checkCaseFile } from '../referral/case-file.ts';
import { partsOf } from '../referral/case-file-parts.ts';
import type { CommandOf } from '../referral/command.ts';
import { checkRecord } from '../referral/consent-record.ts';
import { fold } from '../referral/fold.ts';
import { referralStatus } from '../referral/lines.ts';
import { duplicateKeys } from './duplicates.ts';
import type { Mac } from './keys.ts';
import { type Claim, type Sealing, sealingLedger } from './seal-with-fact.ts';
import { duplicateKey } from './vault.ts';

export type Sealer = Sealing & { readonly mac: Mac };

/** A ledger for one command with content: the case file in its parts, or all that the command brought. */
export const sealedWith = async (w: Sealer, world: World, asked: Asked): Promise<Ledger> => {
  const { body, name, command, ref } = asked;
  const context = await contextOf(world);
  // What is destroyed takes no seal any more, and a receipt that only says so needs none.
  if (command.do === 'confirm-erasure' && isBare(body)) return world.ledger;
  if (command.do !== 'submit') {
    if (command.do === 'record-consent')
      checkRecord(body.record as ConsentRecord, command.input.grants, context, '/record');
    return sealingLedger(world.ledger, w, [{ part: name, content: body }]);
  }
  const caseFile = body.caseFile as CaseFile;
  checkCaseFile(caseFile, command.input, context);
  return sealingLedger(world.ledger, w, partsOf(caseFile), () =>
    claims(w, world, command, caseFile, ref),
  );
};

const isBare = ({ kept, comment }: Asked['body']) => kept === undefined && comment === undefined;

/** Under which names she is found; refuses 409 `duplicate` what this office has open for her already, unless it says why. */
const claims = async (
  { mac, client, tables }: Sealer,
  { ledger }: World,
  { caller, input }: CommandOf<'submit'>,
  { identity, summary }: CaseFile,
  ref: Ref,
): Promise<Claim[]> => {
  if ('system' in caller) return [];
  const names = await duplicateKeys(mac, caller.office, identity, summary.categories);
  return Promise.all(
    names.map(async (name) => {
      const before = await holderOf(client, tables.duplicates, name);
      if (before === undefined) return { name };
      const open = before !== ref && (await isOpen(ledger, before, caller.office));
      if (open && input.duplicate === undefined)
        throw new Refused(
          'duplicate',
          409,
          'Your office has an open referral of this person for this need: go on there, or say in `duplicate` why another',
          { referral: before },
        );
      return { name, before };
    }),
  );
};

const holderOf = async (client: DynamoDBClient, table: string, name: string) => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: duplicateKey(name), ConsistentRead: true }),
  );
  return Item?.referral?.S;
};

/** Of this office, and active; one that it handed over is another's. */
const isOpen = async (ledger: Pick<Ledger, 'load'>, ref: string, office: Office) => {
  const { referral } = fold((await ledger.load(ref)).map(({ fact }) => fact));
  return referral?.sender === office && referralStatus(referral) === 'active';
};
