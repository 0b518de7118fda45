import { defineConfig } from 'vitest/config';

/** What a mutant is tried against: fast tests; the slow laws would cost a night. `UNIT`: only these, for a file at a time. */
const unit = process.env.UNIT ?? 'test/{events,functions,office,referral,shared}/**/*.test.ts';

/** Whole cross products take eight tenths of the time; without them a score is a lower bound. */
const slow = [
  'test/referral/{allowed,gate-amended,gate-consents,gate-table,mutants-messages}.test.ts',
  'test/complaints/{answers,withdraw-against-accept}.test.ts',
];

export default defineConfig({
  test: {
    include: [unit],
    exclude: ['test/**/laws-of-*.test.ts', ...slow],
    testTimeout: 120_000,
  },
});
