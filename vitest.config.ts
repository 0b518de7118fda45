import { defineConfig } from 'vitest/config';

/** `fast` runs before each commit; `slow` needs the emulator and a synthesised app. */
export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: '.reports/tests.json',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/infra/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/e2e/**/*.test.ts', 'test/infra/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
