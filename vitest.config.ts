import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    exclude: ['test/real/**', '**/node_modules/**'],
    testTimeout: 60_000,
    // By default one processor is left idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    sequence: { shuffle: { files: true } },
  },
})
