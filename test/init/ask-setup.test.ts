import { describe, expect, it } from 'vitest'
import { type Ask, askSetup } from '../../src/init/ask-setup.js'
import type { Setup } from '../../src/init/propose-setup.js'
import type { WeeklySetup } from '../../src/init/propose-weeklies.js'

const proposed = (...weeklies: WeeklySetup[]): Setup => ({
  title: 'Loom',
  url: 'https://loom.example/',
  language: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  weeklies,
  output: 'feeds',
  published: 'feeds/',
  baseUrl: 'https://loom.example/feeds/',
  fullText: false,
  images: 'no-referrer',
  robots: 'obey',
})
/** Answers questions, one after the other where one is asked again, and keeps what was said against them. */
const answering = (answers: Readonly<Record<string, readonly string[]>>) => {
  const objections: string[] = []
  const ask: Ask = async (question, proposal, refuse) => {
    const [key = ''] = Object.keys(answers).filter(each => question.startsWith(each))
    for (const given of answers[key] ?? [proposal]) {
      const objection = await refuse?.(given)
      if (objection === undefined) return given
      objections.push(objection)
    }
    return answers[key]?.at(-1) ?? proposal
  }
  return { ask, objections }
}
/** Two posts for each pattern that holds a star. */
const findPosts = async (patterns: readonly string[]) =>
  patterns.flatMap(pattern => (pattern.includes('*') ? [1, 2].map(number => pattern.replace('*', `${number}`)) : []))
const answer = async (setup: Setup, answers: Readonly<Record<string, string>> = {}) => {
  const { ask } = answering(Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, [value]])))
  return (await askSetup(setup, { ask, findPosts, workflow: false })).setup.weeklies
}

describe('the posts of the weekly', () => {
  it.each(['content/{posts,blog}/*.md', 'posts/warp,weft.md', 'posts/经，纬.md'])('are those that were proposed: %s', async pattern => {
    const weekly = { patterns: [pattern], permalinks: ['/:slug/'] }
    expect(await answer(proposed(weekly))).toEqual([weekly])
  })

  it('are patterns with commas between them, and within braces', async () => {
    const weeklies = await answer(proposed({ patterns: ['a/*.md'], permalinks: ['/a/:slug/'] }), {
      'Posts of the weekly, as patterns': 'content/{posts,blog}/*.md, b/*.md，c/*.md',
    })
    expect(weeklies).toEqual([{ patterns: ['content/{posts,blog}/*.md', 'b/*.md', 'c/*.md'], permalinks: ['/a/:slug/'] }])
  })
})

const weekly = { patterns: ['posts/*.md'], permalinks: ['/:slug/'] }

it.each([
  ['Posts of the weekly', 'src/posts', 'news/*.md', 'No post matches src/posts; found were posts/1.md, posts/2.md.'],
  ['Posts of the weekly', '中文', 'news/*.md', 'No post matches 中文; found were posts/1.md, posts/2.md.'],
  ['Address of an issue', 'y', '/b/:slug/', 'All 2 issues would be at y: a pattern holds what differs, e.g. /blog/:slug/'],
  ['Accounts', 'y', 'none', 'It is names of accounts, * for all, or none.'],
  [
    'Home page',
    'https://user:word@loom.example/',
    'https://loom.example/',
    'It would stand in all ids and feeds: give it without user name and password.',
  ],
])('asks again: %s, %s', async (question, wrong, right, objection) => {
  const { ask, objections } = answering({ [question]: [wrong, right] })
  await askSetup(proposed(weekly), { ask, findPosts, workflow: false })
  expect(objections).toEqual([objection])
})

it('takes one address for one issue', async () => {
  const one = { patterns: ['posts/one.md'], permalinks: ['/one/'] }
  expect(await answer(proposed(one))).toEqual([one])
})

it('shows no password where nobody can be asked again', async () => {
  const asked = answer({ ...proposed(weekly), url: 'https://user:word@loom.example/' })
  await expect(asked).rejects.toThrow('Home page of the site: "https://…@loom.example/" cannot be.')
})

it.each(['', '/', '/index.html', '/index.htm?from=bar#top', '?a=b', '#top'])(
  'takes a home page without the rest of an address: %s',
  async rest => {
    const { ask } = answering({ 'Home page': [`https://loom.example/base${rest}`] })
    const { setup } = await askSetup(proposed(weekly), { ask, findPosts, workflow: false })
    expect([setup.url, setup.baseUrl]).toEqual(['https://loom.example/base/', 'https://loom.example/base/feeds/'])
  },
)
