import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pages } from '../../fixtures/wechat/pages.js'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'weekloom-show-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const show = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'show', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
const post = 'fixtures/weekly/content/zh/blog/loom-weekly-20220107/index.md'

describe('weekloom show', () => {
  it('shows a post: where its date came from, its sections with roles, links with titles, and problems with their line', () => {
    const text = show(post)
    expect(text).toMatch(/^date +2022-01-07T07:00:00\.000Z {2}\(from front-matter, to the second\)$/m)
    expect(text).toMatch(/^line \d+ {2}本周推荐阅读 {2}\[reading/m)
    expect(text).toMatch(/^ {2}line \d+ {2}.+ {2}\[wechat\]$/m)
    expect(text).toMatch(/index\.md:\d+ .*POST_FRONT_MATTER_BROKEN/)
  })

  it('gives the same as data with --json', () => {
    const { document, problems } = JSON.parse(show(post, '--json'))
    expect(document[0]).toMatchObject({ published: '2022-01-07T07:00:00.000Z', dated: { from: 'front-matter' } })
    expect(problems).toMatchObject([{ code: 'POST_FRONT_MATTER_BROKEN' }])
  })

  it('shows a saved page: each field and the place where it stood', () => {
    const page = pages.find(each => each.kind === 'article')
    writeFileSync(join(folder, 'page.html'), page?.html() ?? '')
    const text = show(join(folder, 'page.html'))
    expect(text).toMatch(/^title +.+ {2}\(from cgiDataNew\.title\)$/m)
    expect(text).toMatch(/^published +.+ {2}\(from .+\)$/m)
  })

  it('says what other places of a page say of a field, and that they were passed over', () => {
    const html = pages.find(each => each.kind === 'article')?.html() ?? ''
    writeFileSync(
      join(folder, 'other.html'),
      html.replace(/property="og:title" content="[^"]*"/, 'property="og:title" content="Another title"'),
    )
    const text = show(join(folder, 'other.html'))
    expect(text).toMatch(/^Passed over\n(?: {2}\S.*\n)* {2}title +meta og:title: Another title$/m)
    expect(text).toMatch(/^title +(?!Another)/m)
    const { document } = JSON.parse(show(join(folder, 'other.html'), '--json'))
    expect(document.explained).toContainEqual(expect.objectContaining({ field: 'title', passedOver: expect.any(Array) }))
  })

  it('says which page it is that is no article', () => {
    writeFileSync(join(folder, 'gone.html'), pages.find(each => each.kind === 'deleted')?.html() ?? '')
    expect(show(join(folder, 'gone.html'))).toContain('WECHAT_DELETED')
  })

  it.each([
    ['a kind of file that it does not know', 'package.json', 'no kind that can be shown'],
    ['a file that is not there', 'nowhere.md', 'cannot be read'],
  ])('ends with 2 for %s', (_, file, message) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'show', file], { cwd: root, encoding: 'utf8' })
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})
