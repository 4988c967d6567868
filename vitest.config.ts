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

/** What keeps nothing between files, so that a process loads the modules once for all of them: half of the time. */
const stateless = [
  ...['text', 'links', 'post', 'wechat', 'feed', 'article', 'entry', 'page'],
  ...['sources', 'init', 'build', 'serve', 'fixtures'],
].map(room => `test/${room}/**/*.test.ts`)
const common = { setupFiles: ['test/seed.ts'], testTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { ...common, name: 'stateless', include: stateless, isolate: false } },
      { test: { ...common, name: 'world', include: ['test/**/*.test.ts'], exclude: ['test/real/**', '**/node_modules/**', ...stateless] } },
    ],
    // By default one processor is left idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    sequence: { sequencer: SlowFirst },
  },
})
