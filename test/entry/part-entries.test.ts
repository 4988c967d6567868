import { describe, expect, it } from 'vitest'
import { mergeEntries } from '../../src/entry/merge-entries.js'
import { partEntries } from '../../src/entry/part-entries.js'
import { selectEntries } from '../../src/entry/select-entries.js'
import type { Post } from '../../src/types.js'

const parts = ['questions', 'releases', 'events'] as const
const permalink = 'https://loomstack.example/blog/weekly-12/'
const place = { source: 'weekly', permalink }
const post: Post = {
  slug: 'weekly-12',
  title: 'Weekly 12',
  published: '2022-08-05T07:00:00.000Z',
  authors: [],
  tags: ['a'],
  draft: false,
  html: '',
  sections: [
    { heading: '每周读者问答', level: 3, line: 10, role: 'questions', links: [] },
    { heading: '本周发布', level: 3, line: 30, role: 'releases', links: [] },
  ],
  questions: [
    { asker: '小河', question: '要 <b>上油</b> 吗？', answer: '要。', project: 'https://github.com/loom/shears', line: 12 },
    { question: '多久一次？', line: 20 },
  ],
  releases: [
    {
      repository: 'loom/shears',
      version: 'v1.2.0',
      url: 'https://github.com/loom/shears/releases/tag/v1.2.0',
      notes: '更快；更静',
      line: 33,
    },
  ],
  meetings: [
    {
      topic: '社区会议',
      start: '2022-08-23T06:00:00.000Z',
      end: '2022-08-23T07:00:00.000Z',
      timeZone: 'Asia/Shanghai',
      code: '688 5502',
      line: 40,
    },
  ],
}

describe('parts of an issue as entries', () => {
  it('have ids of their own on the permalink of the issue', () => {
    expect(partEntries(post, place, parts).map(entry => entry.id)).toEqual([
      `${permalink}#question-${encodeURIComponent('小河')}`,
      `${permalink}#question-${encodeURIComponent('多久一次')}`,
      `${permalink}#release-loom-shears-v1.2.0`,
      `${permalink}#event-${encodeURIComponent('社区会议')}`,
    ])
  })

  it('have ids of their own in a file of several issues too', () => {
    const [entry] = partEntries(post, { source: 'weekly', permalink: 'https://loomstack.example/all#2022-08-05' }, ['questions'])
    expect(entry?.id).toBe('https://loomstack.example/all#2022-08-05-question-%E5%B0%8F%E6%B2%B3')
  })

  it('keep their ids when one of another name is put in before them', () => {
    const first = { question: '要线吗？', line: 11 }
    const meeting = { topic: '剪刀会', code: '1', line: 39 }
    const longer = { ...post, questions: [first, ...(post.questions ?? [])], meetings: [meeting, ...(post.meetings ?? [])] }
    const ids = partEntries(longer, place, parts).map(entry => entry.id)
    expect(ids).toEqual(expect.arrayContaining(partEntries(post, place, parts).map(entry => entry.id)))
    expect(new Set(ids).size).toBe(6)
  })

  it('have different ids when one asks twice, and when a question has no letter', () => {
    const questions = [
      { asker: 'reed', question: 'a?', line: 12 },
      { asker: 'reed', question: 'b?', line: 13 },
      { question: '???', line: 14 },
    ]
    const ids = partEntries({ ...post, questions }, place, ['questions']).map(entry => entry.id)
    expect(ids).toEqual(['reed', 'reed-2', '1'].map(name => `${permalink}#question-${name}`))
  })

  it('are only those that were asked for', () => {
    expect(partEntries(post, place, ['events']).map(entry => entry.kind)).toEqual(['event'])
    expect(partEntries(post, place, [])).toEqual([])
  })

  it('show a question and its answer as text, never as markup', () => {
    expect(partEntries(post, place, ['questions'])[0]).toMatchObject({
      title: '要 <b>上油</b> 吗？',
      authors: [{ name: '小河' }],
      html: '<blockquote><p>要 &lt;b&gt;上油&lt;/b&gt; 吗？</p></blockquote><p>要。</p><p><a href="https://github.com/loom/shears">https://github.com/loom/shears</a></p>',
      published: post.published,
      origins: [{ kind: 'post', id: permalink, section: '每周读者问答', line: 12 }],
    })
  })

  it('show an answer and notes as the issue does, and the address of the project or the release once', () => {
    const project = 'https://github.com/loom/shears'
    const answer = `<p>要，见 <a href="${project}">这里</a>。</p>`
    const notes = '<p>修复 <a href="https://github.com/loom/shears/issues/12">#12</a></p>'
    const url = `${project}/releases/tag/v1?a=1&b=2`
    const questions = [{ question: '要上油吗？', answer: '要，见 这里。', html: answer, project, line: 12 }]
    const releases = [
      { repository: 'loom/shears', version: 'v1', url, notes: '修复 #12', html: notes, line: 33 },
      { repository: 'loom/shears', version: 'v2', notes: '更快', html: '<p><img src="https://a.example/b.png" alt=""></p>', line: 34 },
    ]
    expect(partEntries({ ...post, questions, releases }, place, ['questions', 'releases']).map(({ html }) => html)).toEqual([
      `<blockquote><p>要上油吗？</p></blockquote>${answer}`,
      `${notes}<p><a href="${url.replace('&', '&amp;')}">${url.replace('&', '&amp;')}</a></p>`,
      '<p><img src="https://a.example/b.png" alt=""></p>',
    ])
  })

  it('show a release with its notes, and a meeting with its time as its clock has it', () => {
    const [release, event] = partEntries(post, place, ['releases', 'events'])
    expect(release).toMatchObject({ title: 'loom/shears v1.2.0', url: post.releases?.[0]?.url })
    expect(release?.html).toContain('<p>更快</p><p>更静</p>')
    expect(event?.html).toBe('<p>2022-08-23 14:00 – 2022-08-23 15:00 (Asia/Shanghai)</p><p>688 5502</p>')
  })

  it('are one entry when two issues announce the same release or meeting', () => {
    const later = { ...post, published: '2022-08-12T07:00:00.000Z' }
    const merged = mergeEntries([
      ...partEntries(later, { source: 'weekly', permalink: 'https://loomstack.example/blog/weekly-13/' }, ['releases', 'events']),
      ...partEntries(post, place, ['releases', 'events']),
    ])
    expect(merged.map(entry => entry.id).sort()).toEqual([
      `${permalink}#event-${encodeURIComponent('社区会议')}`,
      `${permalink}#release-loom-shears-v1.2.0`,
    ])
    expect(merged.map(entry => entry.origins.length)).toEqual([2, 2])
  })

  it('are one entry when an issue looks back on a meeting under its name without day and series, with what each of them says', () => {
    const start = '2022-08-23T06:00:00.000Z'
    const announced = { topic: '经线 2022-08-23 社区会议（月会）', start, code: '688 5502', agenda: ['穿梭'], line: 40 }
    const reviewed = { topic: '经线 社区会议', start, end: '2022-08-23T07:00:00.000Z', replay: 'https://video.example/v', line: 50 }
    const other = { topic: '纬线 社区会议', start, line: 60 }
    const later = { ...post, published: '2022-08-26T07:00:00.000Z', meetings: [reviewed, other] }
    const merged = mergeEntries([
      ...partEntries(later, { source: 'weekly', permalink: 'https://loomstack.example/blog/weekly-13/' }, ['events']),
      ...partEntries({ ...post, meetings: [announced] }, place, ['events']),
    ])
    expect(merged.map(entry => entry.title).sort()).toEqual(['经线 2022-08-23 社区会议（月会）', '纬线 社区会议'].sort())
    const meeting = merged.find(entry => entry.origins.length === 2)
    expect(meeting?.meeting).toEqual({ ...announced, end: reviewed.end, replay: reviewed.replay })
    expect(meeting?.html).toMatch(/07:00.*688 5502.*video\.example.*穿梭/)
  })

  it('leave a page its own words when it is one with the announcement of the meeting that it tells of', () => {
    const [event] = partEntries({ ...post, meetings: [{ topic: '社区会议', start: '2022-08-23T06:00:00.000Z', line: 40 }] }, place, [
      'events',
    ])
    if (event === undefined) throw new Error('There is an event.')
    const { meeting, ...rest } = event
    const item = { ...rest, kind: 'item', state: 'full', html: '<p>全文</p>', origins: [{ source: 'blog', kind: 'feed' }] } as const
    const [merged] = mergeEntries([{ ...event, state: 'partial' }, item])
    expect([merged?.html, merged?.meeting?.topic]).toEqual(['<p>全文</p>', '社区会议'])
  })

  it('do without a time where a meeting of a source of one`s own has a zone or a moment that is none', () => {
    const broken = { topic: '社区会议', start: '2022-08-23T06:00:00.000Z', timeZone: 'Nowhere/Land', line: 40 }
    const entries = partEntries({ ...post, meetings: [broken, { ...broken, start: 'soon', timeZone: 'UTC' }] }, place, ['events'])
    expect(entries.map(entry => entry.html)).toEqual(['', ''])
  })

  it('stand in no feed but one that asks for them', () => {
    const entries = partEntries(post, place, parts)
    const kinds = (of: Parameters<typeof selectEntries>[1]) => selectEntries(entries, of).map(entry => entry.kind)
    expect([kinds({ of: 'all' }), kinds({ of: 'issues' }), kinds({ of: 'articles' })]).toEqual([[], [], []])
    expect([kinds({ of: 'questions' }), kinds({ of: 'releases' }), kinds({ of: 'events' })]).toEqual([
      ['question', 'question'],
      ['release'],
      ['event'],
    ])
  })
})
