import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    exclude: ['test/real/**', '**/node_modules/**'],
    testTimeout: 60_000,
    sequence: { shuffle: { files: true } },
  },
})
