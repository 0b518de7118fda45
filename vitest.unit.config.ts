import { defineConfig } from 'vitest/config';

/** What the mutation run asks: quick tests, as it runs them some thousand times. */
export default defineConfig({
  test: {
    include: ['test/{referral,office,shared,functions,complaints}/**/*.test.ts'],
    exclude: ['test/**/laws-of-*.test.ts'],
    testTimeout: 20_000,
  },
});
