import cancellationReasons from './data/cancellation-reasons.json' with { type: 'json' };
import consentScopes from './data/consent-scopes.json' with { type: 'json' };
import declineReasons from './data/decline-reasons.json' with { type: 'json' };
import holdReasons from './data/hold-reasons.json' with { type: 'json' };
import outcomes from './data/outcomes.json' with { type: 'json' };
import reasons from './data/reasons.json' with { type: 'json' };
import serviceCategories from './data/service-categories.json' with { type: 'json' };
import urgencies from './data/urgencies.json' with { type: 'json' };
import type { Codes } from './referral/command.ts';

/** The code lists, as the core takes them. */
export const codes: Codes = {
  declineReasons,
  cancellationReasons,
  holdReasons,
  outcomes,
  reasons,
  urgencies,
  consentScopes,
  serviceCategories,
};
