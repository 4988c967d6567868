import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { articlePlace, readArticle } from '../../src/store/article-records.js'
import { fileStore } from '../../src/store/file-store.js'
import { openLedger } from '../../src/store/ledger.js'
import { rounds } from '../rounds.js'
import { collect } from './conformance.js'
import { collectReports } from './made-up.js'
import { endOf, startScript } from './run-typescript.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const kills = rounds(8)
const keys = Array.from({ length: rounds(300) }, (_, index) => `wechat:MzA5MDA1MDAxMA==/${index}/1`)

describe('a store that several processes write to', () => {
  it('has only whole records after a writer was killed, at any moment, and the next one goes on', { timeout: 120_000 }, async () => {
    const folder = newFolder()
    for (let kill = 0; kill < kills; kill++) {
      const writer = startScript('write-records.ts', folder, `w${kill}`, '1000')
      await new Promise(resolve => writer.once('message', resolve))
      const ended = endOf(writer)
      await sleep(5 + (kill * 136) / kills + Math.random() * 60)
      writer.kill('SIGKILL')
      await ended
      await expectWhole(folder)
    }
    const last = startScript('write-records.ts', folder, 'last', '1')
    expect(await endOf(last)).toBe(0)
    const { problems, report } = collectReports()
    for (const key of keys) expect((await readArticle(fileStore(folder), key, report))?.article?.key).toBe(key)
    expect(problems).toEqual([])
  })

  it('loses nothing of two writers at once, who agree on every id', { timeout: 120_000 }, async () => {
    const folder = newFolder()
    const writers = ['anna', 'boris'].map(name => startScript('write-records.ts', folder, name, '2'))
    const ids = writers.map(
      writer => new Promise<unknown>(resolve => writer.on('message', message => isIds(message) && resolve(message.ids))),
    )
    expect(await Promise.all(writers.map(endOf))).toEqual([0, 0])
    const [ofAnna, ofBoris] = await Promise.all(ids)
    expect(ofAnna).toEqual(ofBoris)
    const { problems, report } = collectReports()
    const store = fileStore(folder)
    const ledger = openLedger(store, report)
    for (const [index, key] of keys.entries()) {
      const record = await ledger.find([key])
      const shorts = ['anna', 'boris'].flatMap(name => [0, 1].map(round => `wechat:s/${name}-${round}-${index}`))
      expect(record?.aliases).toEqual(shorts)
      for (const short of shorts) expect((await ledger.find([short]))?.id).toBe(record?.id)
      expect((await readArticle(store, key, report))?.fetchedAt).toBe('2024-01-01T00:00:01.000Z')
    }
    expect(problems).toEqual([])
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.(?:tmp|lock)-/.test(name))).toEqual([])
  })
})

/** Every record can be read, and leads to what it says. */
async function expectWhole(folder: string): Promise<void> {
  const { problems, report } = collectReports()
  const store = fileStore(folder)
  const kept = new Set(await collect(store.keys('')))
  const ledger = openLedger(store, report)
  for (const key of keys) {
    const record = await readArticle(store, key, report)
    expect(record !== undefined).toBe(kept.has(articlePlace(key)))
    const known = await ledger.find([key])
    if (known) expect(known.key).toBe(key)
  }
  expect(problems).toEqual([])
  expect([...kept].filter(key => key.startsWith('damaged/'))).toEqual([])
}

function isIds(message: unknown): message is { ids: unknown } {
  return typeof message === 'object' && message !== null && 'ids' in message
}
