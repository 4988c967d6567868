import { defineConfig } from 'vitest/config'

/** Tests that need a real part: a reader, a browser, a server. Without it they skip by name; with CI=true they fail. */
export default defineConfig({
  test: { include: ['test/real/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false, passWithNoTests: true },
})
