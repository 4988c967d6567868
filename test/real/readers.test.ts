import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startPageServer } from '../../fixtures/page-server.js'
import { aggregate, type Feed, memoryStore, weekly, writeFiles } from '../../src/index.js'
import { itWith } from './real-part.js'

let folder: string
let feed: Feed
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-readers-'))
  const server = await startPageServer()
  const run = await aggregate({
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [weekly('fixtures/weekly/content/zh/blog/*weekly*/index.md')],
    store: memoryStore(),
    hosts: { 'mp.weixin.qq.com': server.origin },
    now: '2024-01-01T00:00:00.000Z',
  })
  await writeFiles(run.files, folder)
  await server.close()
  const made = run.feeds['feed']
  if (!made) throw new Error('There is no combined feed.')
  feed = made
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = (file: string) => join(folder, file)
const run = (program: string, args: string[], input?: string) =>
  execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, HOME: folder }, ...(input === undefined ? {} : { input }) })
const titles = () => feed.entries.map(entry => entry.title).sort()
const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('real programs read the feeds', () => {
  for (const file of ['rss.xml', 'atom.xml']) {
    itWith('xmllint', `xmllint finds ${file} well-formed`, () => {
      expect(() => run('xmllint', ['--noout', path(file)])).not.toThrow()
    })

    itWith('sfeed', `sfeed reads every title, link and id of ${file}`, () => {
      const rows = run('sfeed', ['https://loomstack.example/'], readFileSync(path(file), 'utf8'))
        .trim()
        .split('\n')
        .map(line => line.split('\t'))
      expect(rows.map(row => squeeze(row[1] ?? '')).sort()).toEqual(titles().map(squeeze))
      expect(rows.map(row => row[2]).sort()).toEqual(feed.entries.map(entry => entry.url).sort())
      expect(rows.map(row => row[5]).sort()).toEqual(feed.entries.map(entry => entry.id).sort())
      const seconds = feed.entries.map(entry => String(Math.floor(Date.parse(entry.published ?? '') / 1000)))
      expect(rows.map(row => row[0]).sort()).toEqual(seconds.sort())
    })

    itWith('newsboat', `newsboat has every entry of ${file} unread`, () => {
      const urls = path(`${file}.urls`)
      writeFileSync(urls, `file://${path(file)}\n`)
      const count = run('newsboat', ['-u', urls, '-c', path(`${file}.db`), '-x', 'reload', 'print-unread'])
      expect(Number.parseInt(count, 10)).toBe(feed.entries.length)
    })

    itWith('python3', `python3-feedparser agrees on titles, links, ids and dates of ${file}`, () => {
      const script =
        'import feedparser,json,sys,calendar\nd=feedparser.parse(sys.argv[1])\nprint(json.dumps([d.bozo,[[e.id,e.link,e.title,calendar.timegm(e.published_parsed)] for e in d.entries]]))'
      const [bozo, entries]: [number | boolean, [string, string, string, number][]] = JSON.parse(
        run('/usr/bin/python3', ['-c', script, path(file)]),
      )
      expect(Number(bozo)).toBe(0)
      const expected = feed.entries.map(({ id, url, title, published }) => [id, url, title, Math.floor(Date.parse(published ?? '') / 1000)])
      expect(entries.sort()).toEqual(expected.sort())
    })
  }
})
