import { defineConfig } from 'vitest/config';

/** `fast` runs before each commit; `laws` keep each core busy with a file; `slow` are a synthesised app, an S3 and the emulator. */
export default defineConfig({
  test: {
    maxWorkers: '100%', // else one core of two stays idle
    reporters: ['default', 'json'],
    outputFile: '.reports/tests.json',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,infra,s3}/**', 'test/**/laws-of-*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'laws',
          include: ['test/**/laws-of-*.test.ts'],
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/{e2e,infra,s3}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
