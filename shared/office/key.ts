import type { Instant } from '../../events/envelope.ts';
import type { OfficeKey } from './fold.ts';

/** A key counts from its date on; one without a date counts. */
export const counts = ({ from }: OfficeKey, at: Instant): boolean => !from || from <= at;

/** The one algorithm that a key signs with. */
export const algOf = ({ kty }: Pick<OfficeKey, 'kty'>) => (kty === 'EC' ? 'ES256' : 'EdDSA');
