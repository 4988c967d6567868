import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runBuild } from '../../src/build/run-build.js'
import { maxPictureBytes } from '../../src/run/copy-pictures.js'
import type { Options, ProgressEvent } from '../../src/run/options.js'
import { pictureTypeOf } from '../../src/run/picture-file.js'
import { articles } from '../../src/sources/articles.js'
import { memoryStore } from '../../src/store/memory-store.js'
import type { Store } from '../../src/types.js'
import { bodyPage, shortAddress } from '../wechat/small-page.js'

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('a picture')])
const gif = Buffer.from('GIF89a another picture')
const answers: Readonly<Record<string, Buffer | undefined>> = {
  '/cover/0?wx_fmt=png': png,
  '/good/0?wx_fmt=gif': gif,
  '/same/0?wx_fmt=gif': gif,
  '/drawn/0?wx_fmt=svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  '/page/0?wx_fmt=jpeg': Buffer.from('<html>blocked</html>'),
  '/large/0?wx_fmt=png': Buffer.concat([png, Buffer.alloc(maxPictureBytes)]),
}
const picture = (name: string, type: string) => `https://mmbiz.qpic.cn/${name}/0?wx_fmt=${type}`
const body = [
  'good/0?wx_fmt=gif',
  'same/0?wx_fmt=gif',
  'drawn/0?wx_fmt=svg',
  'page/0?wx_fmt=jpeg',
  'large/0?wx_fmt=png',
  'gone/0?wx_fmt=png',
]
  .map(path => `<p>经<img data-src="https://mmbiz.qpic.cn/${path}" data-w="10" data-ratio="1"></p>`)
  .join('')

let server: Server
const asked: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (path.startsWith('/s/')) response.end(bodyPage(body, { cdn_url: picture('cover', 'png') }))
    else if (answers[path]) response.setHeader('content-type', 'image/png').end(answers[path])
    else response.writeHead(404).end('gone')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weekloom-pictures-'))
  store = memoryStore()
  asked.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

function build(more: Partial<Options> = {}) {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const options: Options = {
    site: { title: 'Loom Weekly', url: 'https://loomstack.example/' },
    sources: [articles(shortAddress)],
    store,
    cwd: folder,
    hosts: { 'mp.weixin.qq.com': origin, 'mmbiz.qpic.cn': origin },
    images: 'copy',
    fullText: true,
    now: '2024-01-01T00:00:00.000Z',
    ...more,
  }
  return runBuild(options, { purpose: 'build', dryRun: false, acceptChurn: false })
}

const feedText = () => readFileSync(join(folder, 'public/feeds/feed.json'), 'utf8')
const images = () => readdirSync(join(folder, 'public/feeds/images')).sort()
const askedPictures = () => asked.filter(path => !path.startsWith('/s/')).sort()

describe('copied pictures', () => {
  it('lie beside the feeds, each content once, and stand in entries under their new address', async () => {
    const { report } = await build()
    expect(askedPictures()).toHaveLength(7)
    expect(images().map(name => name.replace(/^[0-9a-f]{32}/, ''))).toEqual(expect.arrayContaining(['.gif', '.png']))
    expect(images()).toHaveLength(2)
    const text = feedText()
    for (const name of images()) expect(text).toContain(`https://loomstack.example/feeds/images/${name}`)
    expect(text).not.toContain('mmbiz.qpic.cn/good')
    expect(text).not.toContain('mmbiz.qpic.cn/cover')
    for (const name of ['drawn', 'page', 'large', 'gone']) expect(text).toContain(`mmbiz.qpic.cn/${name}`)
    expect(report.problems.filter(({ code }) => code === 'IMAGE_NOT_COPIED').map(({ where }) => where.url)).toHaveLength(4)
  })

  it('are asked for once: a second build asks for nothing and changes nothing', async () => {
    await build()
    asked.length = 0
    const before = images().map(name => statSync(join(folder, 'public/feeds/images', name)).mtimeMs)
    const { files } = await build()
    expect(asked).toEqual([])
    expect(files.filter(({ state }) => state !== 'unchanged')).toEqual([])
    expect(images().map(name => statSync(join(folder, 'public/feeds/images', name)).mtimeMs)).toEqual(before)
  })

  it('come back from the store into an empty folder, and from the folder when the cache is gone', async () => {
    await build()
    const text = feedText()
    asked.length = 0
    rmSync(join(folder, 'public'), { recursive: true })
    await build({ network: 'frozen' })
    expect(feedText()).toBe(text)
    for await (const key of store.keys('cache/')) await store.remove(key)
    await build()
    expect(feedText()).toBe(text)
    expect(asked).toEqual([])
  })

  it('are fetched again when they are nowhere, and keep their address in a frozen run', async () => {
    await build()
    rmSync(join(folder, 'public'), { recursive: true })
    for await (const key of store.keys('cache/')) await store.remove(key)
    asked.length = 0
    await build({ network: 'frozen' })
    expect(asked).toEqual([])
    expect(feedText()).toContain('mmbiz.qpic.cn/good')
    await build()
    expect(askedPictures()).toEqual(['/cover/0?wx_fmt=png', '/good/0?wx_fmt=gif', '/same/0?wx_fmt=gif'])
    expect(feedText()).not.toContain('mmbiz.qpic.cn/good')
  })

  it('stay for 30 days after the feeds have let their entry go, and no longer', async () => {
    const on = (day: string, full: boolean) => build({ fullText: full, now: `2024-${day}T00:00:00.000Z` })
    await on('01-01', true)
    await on('01-08', false)
    expect(images()).toHaveLength(2)
    rmSync(join(folder, 'public'), { recursive: true })
    await on('02-06', false)
    expect(images()).toHaveLength(2)
    await on('02-07', false)
    expect(images()).toEqual([expect.stringContaining('.png')])
    const keys: string[] = []
    for await (const key of store.keys('cache/pictures/')) keys.push(key)
    expect(keys).toHaveLength(1)
  })

  it('of other feeds on one store are left alone', async () => {
    await build()
    await build({ fullText: false, output: 'other', baseUrl: 'https://loomstack.example/other/' })
    expect(readdirSync(join(folder, 'other/images'))).toHaveLength(1)
    rmSync(join(folder, 'public'), { recursive: true })
    asked.length = 0
    await build({ network: 'frozen' })
    expect(images()).toHaveLength(2)
  })

  it('are told of as they come, each host by itself, with those that cannot be had', async () => {
    const events: ProgressEvent[] = []
    await build({ onProgress: event => events.push(event) })
    const told = events.filter(({ subject }) => subject === 'mmbiz.qpic.cn')
    expect(told.map(({ step, done, total }) => [step, done, total])).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(done => ['fetch', done, 7]))
    expect(told.filter(({ problem }) => problem !== undefined).map(({ item, problem }) => [item, problem])).toEqual(
      expect.arrayContaining([
        [picture('gone', 'png'), 'FETCH_GONE'],
        [picture('drawn', 'svg'), 'IMAGE_NOT_COPIED'],
      ]),
    )
    events.length = 0
    await build({ onProgress: event => events.push(event) })
    expect(events.filter(({ step }) => step === 'fetch')).toEqual([])
  })

  it('are told once when their host is left alone, and wait', async () => {
    const events: ProgressEvent[] = []
    await build({ budget: { requests: 3 }, onProgress: event => events.push(event) })
    const told = events.filter(({ subject }) => subject === 'mmbiz.qpic.cn')
    expect(told.filter(({ problem }) => problem === 'FETCH_BUDGET')).toHaveLength(1)
    expect(told.at(-1)).toMatchObject({ done: 2, total: 7 })
  })

  it('are made only of what the feeds show', async () => {
    await build({ fullText: false })
    expect(askedPictures()).toEqual(['/cover/0?wx_fmt=png'])
  })
})

it.each([
  ['png', '\x89PNG\r\n\x1a\n...', 'image/png'],
  ['jpg', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['gif', 'GIF87a', 'image/gif'],
  ['webp', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
  ['avif', '\0\0\0\x20ftypavif', 'image/avif'],
])('a %s is known by its bytes', (ending, head, mediaType) => {
  expect(pictureTypeOf(Buffer.from(head, 'latin1'))).toMatchObject({ ending, mediaType })
})

it.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', '', 'RIFF\0\0\0\0WAVE', 'BM'])('%j is no picture', head => {
  expect(pictureTypeOf(Buffer.from(head, 'latin1'))).toBeUndefined()
})
