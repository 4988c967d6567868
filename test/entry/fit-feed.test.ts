import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from '../../fixtures/text/xss-vectors.json' with { type: 'json' }
import { fitFeed } from '../../src/entry/fit-feed.js'
import { presentEntry } from '../../src/entry/present-entry.js'
import { writeAtom } from '../../src/feed/write-atom.js'
import { writeJson } from '../../src/feed/write-json.js'
import { writeRss } from '../../src/feed/write-rss.js'
import { sanitizeHtml } from '../../src/text/sanitize.js'
import type { Feed } from '../../src/types.js'
import { anyText } from '../feed/any-feed.js'
import { sampleFeed } from '../feed/sample-feed.js'
import { rounds } from '../rounds.js'
import { findDanger } from '../text/find-danger.js'

const bytes = (text: string) => new TextEncoder().encode(text).length
const writers = [writeRss, writeAtom, writeJson]

function longFeed(count: number): Feed {
  const feed = sampleFeed(count)
  return {
    ...feed,
    entries: feed.entries.map(entry => presentEntry({ ...entry, html: `<p>${'河畔的风 &amp; "消息"。'.repeat(100)}</p>` })),
  }
}

describe('fitFeed', () => {
  it('gives back a feed that fits as it is', () => {
    const feed = longFeed(3)
    expect(fitFeed(feed)).toBe(feed)
  })

  it.each([1_000_000, 300_000, 120_000, 50_000, 10_000])('keeps every format within %i bytes', limit => {
    const fitted = fitFeed(longFeed(100), limit)
    for (const write of writers) expect(bytes(write(fitted))).toBeLessThanOrEqual(limit)
  })

  it('gives up full texts from the oldest on, and keeps the head of each', () => {
    const feed = longFeed(20)
    const fitted = fitFeed(feed, 75_000)
    expect(fitted.entries).toHaveLength(20)
    const shortened = fitted.entries.map((entry, index) => entry !== feed.entries[index])
    expect(shortened).toEqual([...shortened].sort((a, b) => Number(a) - Number(b)))
    expect(shortened).toContain(true)
    expect(shortened).toContain(false)
    const last = fitted.entries.at(-1)
    expect(last?.html).toMatch(/^<div class="weekloom">.*<\/div><p>第 20 篇：1 &lt; 2，AT&amp;T 的故事。<\/p>$/s)
  })

  it('takes age by date, whatever the order', () => {
    const feed = longFeed(20)
    const fitted = fitFeed({ ...feed, entries: feed.entries.toReversed() }, 75_000)
    expect(fitted.entries.toReversed()).toEqual(fitFeed(feed, 75_000).entries)
  })

  it('leaves out the oldest entries when summaries are too long, but never the newest', () => {
    const feed = longFeed(20)
    const fitted = fitFeed(feed, 20_000)
    expect(fitted.entries.length).toBeLessThan(20)
    expect(fitted.entries[0]?.id).toBe(feed.entries[0]?.id)
    expect(fitFeed(feed, 1).entries.map(({ id }) => id)).toEqual([feed.entries[0]?.id])
  })

  it('makes a summary of the text for want of one, and never cuts within markup', () => {
    const [entry] = sampleFeed(1).entries
    if (entry === undefined) return expect.unreachable()
    const { summary, ...rest } = entry
    const html = `<p>${'<b>粗</b>与<a href="https://example.org/">链接</a>。'.repeat(500)}</p>`
    const [shown] = fitFeed({ info: {}, entries: [{ ...rest, html }] }, 5000).entries
    expect(shown).not.toHaveProperty('html')
    expect(shown?.summary).toMatch(/^粗与链接。/)
    expect([...(shown?.summary ?? '')].length).toBeLessThanOrEqual(300)
  })

  it('leaves sanitised HTML safe, however it is presented and wherever it is cut', () => {
    const part = fc.oneof(
      anyText,
      fc.constantFrom(...vectors.map(({ html }) => html)),
      fc.constant('<p>“长”，<b>粗</b> &lt;script&gt;</p>'.repeat(40)),
    )
    const content = fc.constantFrom('full' as const, 'summary' as const, 'title' as const)
    const [entry] = sampleFeed(1).entries
    if (entry === undefined) return expect.unreachable()
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        fc.option(anyText),
        content,
        fc.integer({ min: 1, max: 9000 }),
        (parts, summary, level, bytes) => {
          const { summary: _, ...bare } = entry
          const given = { ...bare, html: sanitizeHtml(parts.join('')), ...(summary === null ? {} : { summary }) }
          const shown = [presentEntry(given, { content: level }), given]
          for (const { html = '' } of fitFeed({ info: {}, entries: shown }, bytes).entries) {
            // What the head and the pictures are given by ourselves.
            const own = new Set(['class on <div>', 'referrerpolicy on <img>'])
            expect(findDanger(html).filter(found => !own.has(found))).toEqual([])
          }
        },
      ),
      { numRuns: rounds(300) },
    )
  })
})
