import * as z from 'zod';
import { fact, Instant } from './envelope.ts';
import * as entry from './office-entry.ts';

/** Public half of a key (RFC 7517): ES256 (`EC`, P-256) or EdDSA (`OKP`, Ed25519) to sign; `EC` for ECDH-ES. */
export const PublicKey = z.looseObject(entry.key);

/** What an office itself may change. HSDS words; `areas`, `services` and `languages` are codes. */
const Profile = {
  ...entry.profile,
  name: z.looseObject(entry.name),
  requiredDocuments: z.array(z.looseObject(entry.requirement)).max(60).optional(),
  phones: z.array(z.looseObject(entry.phone)).max(10).optional(),
  /** Opening hours; none: not known. */
  schedules: z.array(z.looseObject(entry.schedule)).max(21).optional(),
  /** Never of a shelter: where it is is a secret. */
  addresses: z.array(z.looseObject(entry.address)).max(5).optional(),
};

/** HSDS organisation and service in one: who the office is, what it offers and where. */
const OfficeEntry = {
  ...Profile,
  ...entry.judged,
  keys: z.array(PublicKey).min(1).max(entry.MOST_KEYS),
};

export const OfficeRegistered = fact('office.registered.v1', OfficeEntry);
/** The parts that are new; without any, the office confirms that its entry is still right. */
export const OfficeChanged = fact('office.changed.v1', z.object(Profile).partial().shape);
export const OfficeCapacitySet = fact('office.capacity-set.v1', { capacity: entry.Capacity });
/** What was removed counts no more; what was added counts `from` then on. */
export const OfficeKeysRotated = fact('office.keys-rotated.v1', {
  added: z.array(PublicKey).max(entry.MOST_KEYS),
  removed: z.array(entry.Kid).max(entry.MOST_KEYS),
  from: Instant,
});
export const OfficeSuspended = fact('office.suspended.v1', {});

/** Every fact about an office that this version knows. */
export const OfficeFact = z.discriminatedUnion('type', [
  OfficeRegistered,
  OfficeChanged,
  OfficeCapacitySet,
  OfficeKeysRotated,
  OfficeSuspended,
]);
export type OfficeFact = z.infer<typeof OfficeFact>;
