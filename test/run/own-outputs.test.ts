import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aggregate } from '../../src/aggregate.js'
import { runBuild } from '../../src/build/run-build.js'
import { WeekloomError } from '../../src/problems.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Output, Source } from '../../src/types.js'

const source: Source = {
  name: 's',
  async *read() {
    const url = 'https://a.example/1'
    const common = { authors: [], tags: [], kind: 'item', state: 'full' } as const
    yield { entry: { id: url, keys: [url], url, title: 'One', html: '<p>x</p>', origins: [{ source: 's', kind: 'feed' }], ...common } }
  },
}
const sitemap: Output = {
  format: 'xml',
  mediaType: 'application/xml',
  *write({ entries }) {
    yield '<urlset>'
    for (const { url } of entries) yield `<url><loc>${url}</loc></url>`
    yield '</urlset>\n'
  },
}
const options = (outputs: unknown, cwd = '.') => ({
  site: { title: 'T', url: 'https://a.example/' },
  sources: [source],
  store: memoryStore(),
  outputs,
  cwd,
})
const run = (outputs: unknown) => Reflect.apply(aggregate, undefined, [options(outputs)])

describe('an output of the user’s own', () => {
  let cwd: string
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'weekloom-outputs-'))
  })
  afterEach(() => rmSync(cwd, { recursive: true }))
  const build = (outputs: readonly unknown[]) =>
    Reflect.apply(runBuild, undefined, [options(outputs, cwd), { purpose: 'build', dryRun: false, acceptChurn: false }])

  it('writes each feed into its folder, is not taken for a feed, and writes nothing a second time', async () => {
    const { report, failures } = await build([sitemap])
    expect(readFileSync(join(cwd, 'public/feeds/feed.xml'), 'utf8')).toBe('<urlset><url><loc>https://a.example/1</loc></url></urlset>\n')
    expect(readdirSync(join(cwd, 'public/feeds/issues'))).toContain('feed.xml')
    expect([report.problems, failures]).toEqual([[], []])
    const { files } = await build([sitemap])
    expect(files.filter(({ state }: { state: string }) => state !== 'unchanged')).toEqual([])
  })

  it.each<[string, Output['write'] | (() => unknown)]>([
    [
      'stops',
      () => {
        throw new Error('no')
      },
    ],
    ['gives numbers', () => [5]],
    ['gives nothing', () => undefined],
  ])('that %s stops the build in words, and nothing is written', async (_, write) => {
    await expect(build([{ ...sitemap, write }])).rejects.toThrow('The output xml stopped at the feed “T”.')
    await expect(build([{ ...sitemap, write }])).rejects.toThrow(WeekloomError)
    expect(existsSync(join(cwd, 'public'))).toBe(false)
  })

  it.each([
    [[{ ...sitemap, write: 'x' }], 'must be an object with format, mediaType and write(feed)'],
    [[null], 'must be an object with format, mediaType and write(feed)'],
    [[sitemap, sitemap], 'Option outputs.1: must not be called feed.xml: that is the file of outputs.0'],
    [[{ ...sitemap, file: 'RSS.xml' }], 'Option outputs.0: must not be called RSS.xml: that is the RSS feed'],
    [[{ ...sitemap, file: 'feeds.html' }], 'that is the file of page'],
    [[{ ...sitemap, file: 'issues' }], 'that is the folder of the feed issues'],
    [[{ ...sitemap, file: '../up.xml' }], 'must have a plain name as its file'],
  ])('is refused where it is none: %o', async (outputs, message) => {
    await expect(run(outputs)).rejects.toThrow(message)
    await expect(run(outputs)).rejects.toThrow(WeekloomError)
  })
})
