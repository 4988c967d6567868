import { noteArticle } from '../../src/store/article-record.js'
import { writeArticle } from '../../src/store/article-records.js'
import { fileStore } from '../../src/store/file-store.js'
import { openLedger } from '../../src/store/ledger.js'
import { makeArticle } from './made-up.js'

/** Writes the same 300 articles and claims their ids, so often, each time with another date. Run as a process of its own. */
const [folder = '', writer = '', rounds = '1'] = process.argv.slice(2)
const store = fileStore(folder)
const ledger = openLedger(store, problem => {
  throw new Error(problem.message)
})
process.send?.({ begun: true })
const ids: string[] = []
for (let round = 0; round < Number(rounds); round++) {
  const now = new Date(Date.UTC(2024, 0, 1, 0, 0, round)).toISOString()
  for (let start = 0; start < 300; start += 10) {
    const keys = Array.from({ length: 10 }, (_, index) => `wechat:MzA5MDA1MDAxMA==/${start + index}/1`)
    await Promise.all(
      keys.map(key => writeArticle(store, noteArticle({ key }, makeArticle(key, { html: `<p>${writer} ${'茶'.repeat(2000)}</p>` }), now))),
    )
    for (const [index, key] of keys.entries()) {
      const short = `wechat:s/${writer}-${round % 2}-${start + index}`
      const url = `https://example.org/${writer}/${start + index}`
      const [record] = await ledger.claimAll([{ keys: [key, short], id: url, url, firstSeen: now }])
      if (round === 0 && record) ids.push(record.id)
    }
  }
}
process.send?.({ ids }, () => process.disconnect())
