import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take longest, so that none of them is begun when all others are done and one processor would be idle. */
const slow = /\/(?:cli\/(?:build|init|unchanged)|run\/kill|store\/processes|examples)\.test\.ts$/

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter(({ moduleId }) => slow.test(moduleId)), ...sorted.filter(({ moduleId }) => !slow.test(moduleId))]
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/real/**', '**/node_modules/**'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 60_000,
    // A process loads the modules once for all of its files: what a test changes of the process, it puts back.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // By default one processor is left idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
  },
})
