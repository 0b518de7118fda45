import { defineConfig } from 'vitest/config';

/** What a mutant is tried against: fast tests; the slow laws would cost a night. `UNIT`: only these, for a file at a time. */
const unit = process.env.UNIT ?? 'test/{events,functions,office,referral,shared}/**/*.test.ts';

export default defineConfig({
  test: {
    include: [unit],
    exclude: ['test/**/laws-of-*.test.ts'],
    testTimeout: 120_000,
  },
});
