import { describe, expect, it } from 'vitest'
import { askSetup } from '../../src/init/ask-setup.js'
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
const answer = async (setup: Setup, answers: Readonly<Record<string, string>> = {}) => {
  const ask = async (question: string, proposal: string) => answers[question] ?? proposal
  return (await askSetup(setup, { ask, workflow: false })).setup.weeklies
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
