import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Options } from '../../src/run/options.js'
import { weekly } from '../../src/sources/weekly.js'
import { memoryStore } from '../../src/store/memory-store.js'

/** A site of one weekly in a folder of its own, made anew for each test; nothing is said on the terminal. */
export const site = {
  root: '',
  said: () => '',
  /** A file of the site. */
  put(path: string, text: string) {
    mkdirSync(join(site.root, path, '..'), { recursive: true })
    writeFileSync(join(site.root, path), text)
  },
  issue: (number: number) =>
    site.put(
      `posts/weekly-${number}.md`,
      `---\ntitle: Weekly ${number}\ndate: 2024-05-0${number}\n---\n\n[Raft](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaa${number})\n`,
    ),
  /** The config of the site, as a plugin takes it. */
  config: (more: Partial<Options> = {}): Options => ({
    site: { title: 'Loom', url: 'https://loomstack.example/club/' },
    sources: [weekly('posts/*.md')],
    network: 'frozen',
    store: memoryStore(),
    ...more,
  }),
}

/** Makes the site before each test of a file. */
export function useSite(): void {
  beforeEach(() => {
    site.root = mkdtempSync(join(tmpdir(), 'weekloom-plugin-'))
    site.issue(1)
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    site.said = () => stderr.mock.calls.map(([text]) => String(text)).join('')
  })
  afterEach(() => rmSync(site.root, { recursive: true, force: true }))
}
