import { expect, it } from 'vitest'
import type { BuildResult } from '../../src/build/run-build.js'
import { showFirstBuild } from '../../src/cli/first-build.js'
import type { Entry } from '../../src/types.js'

const entry: Entry = {
  id: 'https://loom.example/3',
  keys: ['https://loom.example/3'],
  url: 'https://loom.example/3',
  title: 'Weekly 3',
  published: '2024-05-02T16:00:00.000Z',
  authors: [],
  tags: [],
  kind: 'issue',
  state: 'full',
  origins: [{ source: 'weekly', kind: 'post' }],
}
const result: BuildResult = {
  purpose: 'build',
  dryRun: false,
  isHeld: false,
  report: {
    format: 1,
    now: '2024-06-01T00:00:00.000Z',
    network: 'frozen',
    sources: [],
    hosts: [],
    pages: [],
    feeds: {},
    churn: {},
    problems: [],
  },
  files: [],
  output: '/site/public/feeds',
  baseUrl: 'https://loom.example/feeds/',
  newest: [entry],
  timeZone: 'Asia/Shanghai',
  failures: [],
}

it('dates the newest entries by the calendar of the site, as its posts do', () =>
  expect(showFirstBuild(result, 'npx')).toContain('\n  2024-05-03  Weekly 3\n'))

it('shows no heading where there are no entries', () =>
  expect(showFirstBuild({ ...result, newest: [] }, 'npx')).not.toContain('Newest entries'))

it('names commands as the package manager of the site runs them', () =>
  expect(showFirstBuild(result, 'pnpm exec')).toContain('See them on this machine: pnpm exec weekloom serve'))
