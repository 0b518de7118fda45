import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { CaseFile, ConsentRecord } from '../../events/case-file.ts';
import type { Office, Reach, Ref } from '../../events/envelope.ts';
import type { Call } from '../api.ts';
import type { Asked } from '../asked.ts';
import { contextOf } from '../context.ts';
import { Refused } from '../errors.ts';
import type { World } from '../handle.ts';
import type { Ledger } from '../ledger.ts';
import { checkAmendment, checkCaseFile } from '../referral/case-file.ts';
import { partsOf } from '../referral/case-file-parts.ts';
import type { CommandOf } from '../referral/command.ts';
import { checkComment } from '../referral/comments.ts';
import { checkRecord } from '../referral/consent-record.ts';
import { checkDecline } from '../referral/decline-needs.ts';
import { fold } from '../referral/fold.ts';
import { referralStatus } from '../referral/lines.ts';
import { isAttempt } from '../referral/safe-contact.ts';
import { checkSealedCodes } from '../referral/sealed-codes.ts';
import { checkServed } from '../served.ts';
import { checkChannel } from './check-channel.ts';
import { duplicateKeys } from './duplicates.ts';
import type { Mac } from './keys.ts';
import type { Gates } from './read-case-file.ts';
import { type Claim, type Sealing, sealingLedger } from './seal-with-fact.ts';
import { DUPLICATE_REASON, duplicateKey, receiptsOf } from './vault.ts';

export type Sealer = Sealing & { readonly mac: Mac; readonly gates: Gates };

/**
 * A ledger for one command with content: the case file in its parts, or all that the command brought. What must fit is looked at
 * only when something is to be written: a repeat of what was recorded is always one.
 */
export const sealedWith = (w: Sealer, world: World, call: Call, asked: Asked): Ledger => {
  const { body, name, command, ref } = asked;
  if (command.do === 'submit') {
    const caseFile = body.caseFile as CaseFile;
    const { duplicate } = command.input;
    const why = duplicate === undefined ? [] : [{ part: DUPLICATE_REASON, content: duplicate }];
    return sealingLedger(world.ledger, w, [...partsOf(caseFile), ...why], async () => {
      const context = await contextOf(world);
      checkCaseFile(caseFile, command.input, context);
      checkComment(command, body, context.codes);
      const { lines } = command.input;
      checkServed(caseFile.summary, lines, await world.directory.offices(), context.at);
      return claims(w, world, command, caseFile, ref);
    });
  }
  if (command.do === 'confirm-erasure' && isBare(body)) return world.ledger;
  const under = command.do === 'confirm-erasure' ? receiptsOf(ref) : ref;
  return sealingLedger(
    world.ledger,
    w,
    [{ part: name, content: body }],
    async () => {
      const context = await contextOf(world);
      const { record } = body;
      checkComment(command, body, context.codes);
      checkSealedCodes(command, body, context);
      checkDecline(command, body, context);
      if (command.do === 'record-consent')
        checkRecord(record as ConsentRecord, command.input.grants, context, '/record');
      if (command.do === 'amend') {
        const { parts = [] } = command.input;
        checkAmendment(body, parts, await reachOf(world.ledger, ref), context);
      }
      const gated = { gates: w.gates, ledger: world.ledger, from: world.country };
      if (command.do === 'report-progress' && isAttempt(command.input))
        await checkChannel(gated, call, asked);
      return [];
    },
    under,
  );
};

const isBare = ({ kept }: Asked['body']) => kept === undefined;

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

/** Which countries’ laws ask who consents. */
const reachOf = async (ledger: Pick<Ledger, 'load'>, ref: Ref): Promise<Reach> => {
  const { referral } = fold((await ledger.load(ref)).map(({ fact }) => fact));
  return referral?.reach ?? 'both';
};

/** Of this office, and active; one that it handed over is another's. */
const isOpen = async (ledger: Pick<Ledger, 'load'>, ref: string, office: Office) => {
  const { referral } = fold((await ledger.load(ref)).map(({ fact }) => fact));
  return referral?.sender === office && referralStatus(referral) === 'active';
};
