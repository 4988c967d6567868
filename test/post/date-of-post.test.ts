import { describe, expect, it } from 'vitest'
import { parsePost } from '../../src/post/parse-post.js'

const timeZone = 'Asia/Shanghai'

function dated(text: string, path?: string): unknown {
  const outcome = parsePost(text, path === undefined ? { timeZone } : { timeZone, path })
  return outcome.ok ? [outcome.value.published, outcome.value.dated?.from, outcome.value.dated?.precision] : outcome.problem
}

describe('the date of a post', () => {
  it.each([
    ['2023-08-18T15:00:00+08:00', '2023-08-18T07:00:00.000Z', 'second'],
    ['2016-07-29 16:38:20', '2016-07-29T08:38:20.000Z', 'second'],
    ['2023/02/27', '2023-02-26T16:00:00.000Z', 'day'],
    ['"2025-11-2"', '2025-11-01T16:00:00.000Z', 'day'],
  ])('is read from front matter: %s', (written, instant, precision) => {
    expect(dated(`---\ndate: ${written}\n---\n`)).toEqual([instant, 'front-matter', precision])
  })

  it.each([
    ['content/blog/weekly-20190719/index.md', '2019-07-18T16:00:00.000Z'],
    ['_posts/2016-05-20-weekly.markdown', '2016-05-19T16:00:00.000Z'],
    ['Reports/2020/#101-2020.02.17.md', '2020-02-16T16:00:00.000Z'],
    ['201704/20170424-20170430.md', '2017-04-29T16:00:00.000Z'],
    ['blog/2023Aug07.md', '2023-08-06T16:00:00.000Z'],
    ['blog/2024Sept02.md', '2024-09-01T16:00:00.000Z'],
    ['blog/2021/07/09/report-0709.md', '2021-07-08T16:00:00.000Z'],
    ['weekly/20220923/index.zh.md', '2022-09-22T16:00:00.000Z'],
    ['archive/2023/0415-0421.md', '2023-04-20T16:00:00.000Z'],
    ['2023/0421/index.md', '2023-04-20T16:00:00.000Z'],
  ])('is read from the name %s', (path, instant) => {
    expect(dated('text', path)).toEqual([instant, 'file-name', 'day'])
  })

  it.each(['weekly-0430.md', 'weekly-202211223.md', 'weekly-20220230.md', '2020-04/index.md', 'issue-128.md', 'archive/2023/1227-0102.md'])(
    'is not made up from the name %s',
    path => {
      expect(dated('text', path)).toEqual([undefined, undefined, undefined])
    },
  )

  it.each([
    '# 周报 #194 | 2022-03-07',
    '# 周报 #194 | 2022-03.07',
    '# 周报（2022年3月7日）',
    '# Weekly, March 7th, 2022',
    '---\ntitle: 【20220307】周报\n---\n',
  ])('is read from the title: %s', text => {
    expect(dated(text)).toEqual(['2022-03-06T16:00:00.000Z', 'heading', 'day'])
  })

  it('is that of the title where the file was named some days before, but not where a generator reads the name', () => {
    expect(dated('# Weekly #16 | 2018-04-23', 'no16-2018.04.21.md')).toEqual(['2018-04-22T16:00:00.000Z', 'heading', 'day'])
    expect(dated('# Meetup of 2018-04-20', '_posts/2018-04-21-weekly.md')).toEqual(['2018-04-20T16:00:00.000Z', 'file-name', 'day'])
    expect(dated('# What happened on 2017-04-23', 'no16-2018.04.21.md')).toEqual(['2018-04-20T16:00:00.000Z', 'file-name', 'day'])
  })

  it.each(['# a\n\n2022-03-07', '# a\n\n发布于 2022-03-07', '# a\n\nJane · March 7, 2022', '# a\n\n**日期：2022年3月7日**'])(
    'is read from a line of its own: %j',
    text => {
      expect(dated(text)).toEqual(['2022-03-06T16:00:00.000Z', 'text', 'day'])
    },
  )

  it.each(['# a\n\n大会将于 2022-03-07 举行。', '# a\n\n## b\n\n2022-03-07', '# a\n\n周五发布'])('is not taken from prose: %j', text => {
    expect(dated(text)).toEqual([undefined, undefined, undefined])
  })

  it.each(['2022-02-30', '0001-01-01T00:00:00Z'])('falls back when the front matter cannot be read, and says so: %s', date => {
    const outcome = parsePost(`---\ndate: ${date}\n---\n`, { path: '2022-03-01-a.md', timeZone })
    expect(outcome).toMatchObject({
      value: { dated: { from: 'file-name' } },
      problems: [{ code: 'POST_TITLE_MISSING' }, { code: 'POST_DATE_UNREADABLE' }],
    })
  })

  it('that cannot be read is not called missing as well', () => {
    expect(parsePost('---\ntitle: A\ndate: 2026-11-31\n---\n')).toMatchObject({ problems: [{ code: 'POST_DATE_UNREADABLE' }] })
    expect(parsePost('---\ntitle: A\n---\n')).toMatchObject({ problems: [{ code: 'POST_DATE_MISSING' }] })
  })

  it('is doubted when it is far from the name of the folder', () => {
    const outcome = parsePost('---\ntitle: a\ndate: 2021-01-14\n---\n', { path: 'weekly-20220114/index.md', timeZone })
    expect(outcome).toMatchObject({ value: { dated: { from: 'front-matter' } }, problems: [{ code: 'POST_DATE_SUSPICIOUS' }] })
  })
})
