import { expect, test } from 'vitest';
import type { Fact, Office } from '../../events/envelope.ts';
import type { Command } from '../../shared/referral/command.ts';
import { sample } from '../support/commands.ts';
import { given } from '../support/given.ts';
import { abroad, home, later, sender, third, worker } from '../support/people.ts';
import { said } from '../support/permission.ts';
import { situations } from '../support/situations.ts';

const expected = `
  403 not-yours-to-do: A supervisor must decide where these lines go next
  403 not-yours-to-do: Only a supervisor may approve-override
  403 not-yours-to-do: Only a supervisor may ask two offices at once
  403 not-yours-to-do: Only a supervisor may confirm-withdrawal
  403 not-yours-to-do: Only a supervisor may give-report
  403 not-yours-to-do: Only a supervisor may mark-error
  403 not-yours-to-do: Only a supervisor may place-line
  403 not-yours-to-do: Only a supervisor may propose-hand-over
  403 not-yours-to-do: Only a supervisor may refuse-cancellation
  403 not-yours-to-do: Only a supervisor may refute-withdrawal
  403 not-yours-to-do: Only a supervisor may reopen
  403 not-yours-to-do: Only a supervisor may take-over
  403 not-yours-to-do: Only a supervisor may withdraw-acceptance
  403 not-yours-to-do: Only an office may submit
  403 not-yours-to-do: Only the proposed or the sender may take-over
  403 not-yours-to-do: Only the receiver may accept
  403 not-yours-to-do: Only the receiver may acknowledge
  403 not-yours-to-do: Only the receiver may close
  403 not-yours-to-do: Only the receiver may decline
  403 not-yours-to-do: Only the receiver may hold
  403 not-yours-to-do: Only the receiver may refer-onward
  403 not-yours-to-do: Only the receiver may refuse-cancellation
  403 not-yours-to-do: Only the receiver may reopen
  403 not-yours-to-do: Only the receiver may report-progress
  403 not-yours-to-do: Only the receiver may request-information
  403 not-yours-to-do: Only the receiver may resume
  403 not-yours-to-do: Only the receiver may start-service
  403 not-yours-to-do: Only the receiver may withdraw-acceptance
  403 not-yours-to-do: Only the receiver or the system may confirm-cancellation
  403 not-yours-to-do: Only the sender may mark-error
  403 not-yours-to-do: Only the sender may propose-hand-over
  403 not-yours-to-do: Only the sender may provide-information
  403 not-yours-to-do: Only the sender may request-cancellation
  403 not-yours-to-do: Only the sender may stop-line
  403 not-yours-to-do: Only the sender may withdraw
  403 not-yours-to-do: Only the sender or the helpline may give-report
  403 not-yours-to-do: Only the sender or the helpline or the named may refute-withdrawal
  403 not-yours-to-do: Only the sender or the helpline or the named or the system may confirm-withdrawal
  403 not-yours-to-do: Only the sender or the named may approve-override
  403 not-yours-to-do: Only the sender or the receiver may amend
  403 not-yours-to-do: Only the sender or the receiver may approve-lift
  403 not-yours-to-do: Only the sender or the receiver may plan-travel
  403 not-yours-to-do: Only the sender or the receiver may propose-lift
  403 not-yours-to-do: Only the sender or the receiver may propose-override
  403 not-yours-to-do: Only the sender or the receiver may raise-safety-hold
  403 not-yours-to-do: Only the sender or the receiver may record-arrival
  403 not-yours-to-do: Only the sender or the receiver may record-consent
  403 not-yours-to-do: Only the sender or the receiver or the helpline may withdraw-consent
  403 not-yours-to-do: Only the sender or the receiver or the helpline or the reader may confirm-erasure
  403 not-yours-to-do: Only the sender or the system may offer
  403 not-yours-to-do: Only the sender or the system may place-line
  403 not-yours-to-do: Only the system may cancel
  403 not-yours-to-do: Only the system may close-parent
  403 not-yours-to-do: Only the system may end-override
  403 not-yours-to-do: Only the system may expire
  403 not-yours-to-do: Only the system may lapse-consent
  403 not-yours-to-do: Only the system may miss-deadline
  403 not-yours-to-do: Only the system may record-no-arrival
  403 not-yours-to-do: Only the system may remind
  404 not-found: No such referral or offer for this office
  409 already-done-differently: This referral exists
  409 already-done-differently: close took effect before, with other input or another key
  409 already-done-differently: decline took effect before, with other input or another key
  409 already-done-differently: refuse-cancellation took effect before, with other input or another key
  409 already-done-differently: withdraw took effect before, with other input or another key
  409 already-done-differently: withdraw-acceptance took effect before, with other input or another key
  409 newer-fact-here: A fact of a newer type is here: wait for the update
  409 no-consent: Her consent names no office that you may refer her to
  409 no-consent: No valid grant lets this office see more than the summary
  409 no-consent: No valid grant lets this office see the summary (/office)
  409 not-allowed-now: A safety hold is in force: she gets her report once it is lifted
  409 not-allowed-now: A service can be reopened for 14 days
  409 not-allowed-now: Another office has a line by now, or it was stopped
  409 not-allowed-now: Another office was asked for each line, or it was stopped
  409 not-allowed-now: Her consent covers your office: there is nothing to override
  409 not-allowed-now: Her withdrawal must be confirmed or refuted first (/grants/0)
  409 not-allowed-now: In an emergency reach her first
  409 not-allowed-now: It was marked as an error before
  409 not-allowed-now: No grant has expired
  409 not-allowed-now: No lift waits for a second person, of another office, such as you
  409 not-allowed-now: No office that it referred to has accepted
  409 not-allowed-now: No override of this country is over
  409 not-allowed-now: No override waits for a second office such as yours
  409 not-allowed-now: No question waits for an answer
  409 not-allowed-now: No safety hold is in force
  409 not-allowed-now: No travel that was sealed here waits for her arrival
  409 not-allowed-now: No travel waits for her arrival: plan it first (plan-travel)
  409 not-allowed-now: No withdrawal waits for this office
  409 not-allowed-now: Nobody asked to cancel this offer
  409 not-allowed-now: Nobody proposed that your office take over
  409 not-allowed-now: Only an open line can be stopped (/line)
  409 not-allowed-now: Only open lines can be offered (/lines)
  409 not-allowed-now: Record her consent to go on first (record-consent)
  409 not-allowed-now: Report contact-made or a visit first
  409 not-allowed-now: Start or resume the service first, or close every line as failed
  409 not-allowed-now: The offer must be accepted or in-progress or on-hold to close
  409 not-allowed-now: The offer must be accepted or in-progress or on-hold to close-parent
  409 not-allowed-now: The offer must be accepted or in-progress or on-hold to confirm-cancellation
  409 not-allowed-now: The offer must be accepted or in-progress or on-hold to refuse-cancellation
  409 not-allowed-now: The offer must be accepted or in-progress or on-hold to report-progress
  409 not-allowed-now: The offer must be accepted or in-progress or on-hold to request-cancellation
  409 not-allowed-now: The offer must be accepted or in-progress to hold
  409 not-allowed-now: The offer must be accepted or in-progress to refer-onward
  409 not-allowed-now: The offer must be accepted to start-service
  409 not-allowed-now: The offer must be accepted to withdraw-acceptance
  409 not-allowed-now: The offer must be completed or failed to reopen
  409 not-allowed-now: The offer must be on-hold to resume
  409 not-allowed-now: The offer must be requested or received to accept
  409 not-allowed-now: The offer must be requested or received to cancel
  409 not-allowed-now: The offer must be requested or received to decline
  409 not-allowed-now: The offer must be requested or received to expire
  409 not-allowed-now: The offer must be requested or received to provide-information
  409 not-allowed-now: The offer must be requested or received to request-information
  409 not-allowed-now: The offer must be requested or received to withdraw
  409 not-allowed-now: The offer must be requested to acknowledge
  409 not-allowed-now: The offer was withdrawn or is void; only decline is left
  409 not-allowed-now: The office has time to answer
  409 not-allowed-now: The referral is over
  409 not-allowed-now: The referral is over, an override or a safety hold is in force, or she withdrew her consent
  409 not-allowed-now: The service was asked to end
  409 not-allowed-now: The system offers to the next office of the list alone
  409 not-allowed-now: This clock has time left
  409 not-allowed-now: This line waits for no choice (/line)
  409 not-allowed-now: Wait for the answer to your question
  409 not-allowed-now: Your office has no open offer of this referral
  409 not-allowed-now: Your office must have accepted, and still serve her
  409 not-allowed-now: Your office owes no receipt
  422 invalid-field: An office may narrow or renew what it had, and add nothing (/grants/0)
  422 invalid-field: Must be higher than emergency: urgency only rises (/urgency)
  422 invalid-field: Must be one of: kr1-1, kr2-1 (/offer)
  422 invalid-field: Say when somebody looks again, within 30 days (/review)`;

/** Everything that anybody is told of a command that was refused, in all situations of an offer. */
const heard = () => {
  const told = new Set<string>();
  const tried = (facts: readonly Fact[], does: Command, late: boolean) => {
    const at = late ? later(31 * 24 * 60) : undefined;
    told.add(said(() => given(facts, at).when(does)));
  };
  const where: [Office, 'kr' | 'vn', Office][] = [
    [abroad, 'vn', home],
    [home, 'kr', abroad],
  ];
  for (const [office, country, next] of where)
    for (const facts of Object.values(situations(office, country)))
      for (const late of [false, true]) {
        for (const who of [sender, office, third])
          for (const role of ['worker', 'supervisor'] as const)
            for (const does of Object.values(sample(worker(who, role), next)))
              tried(facts, does, late);
        for (const does of Object.values(sample({ system: country }, next)))
          tried(facts, does, late);
      }
  told.delete('allowed');
  return [...told].toSorted();
};

test('whoever is refused is told why, and what would be right', () => {
  const rows = expected
    .trim()
    .split('\n')
    .map((row) => row.trim());
  expect(heard()).toEqual(rows);
});
