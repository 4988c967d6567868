import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findWeeklies } from '../../src/init/find-weeklies.js'
import { inOneLanguage } from '../../src/init/post-language.js'
import type { SiteLanguage } from '../../src/init/site-config.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-find-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

/** Files by path: title, with a date in the front matter (a week later each) and one link. */
function put(files: Readonly<Record<string, string>>): void {
  for (const [index, [path, title]] of Object.entries(files).entries()) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    const date = new Date(Date.UTC(2024, 0, 5 + 7 * index)).toISOString().slice(0, 10)
    const link = `https://mp.weixin.qq.com/s/${String(index).padStart(22, 'a')}`
    writeFileSync(join(cwd, path), `---\ntitle: "${title}"\ndate: ${date}\n---\n\n读一读 [好文](${link})。\n`)
  }
}

const find = async () => (await findWeeklies(cwd, ['.'], 'UTC')).patterns

describe('a weekly of plain posts with one link each is found', () => {
  it.each([
    [
      'of Hugo, by titles that number on',
      { 'content/posts/2024-01-05.md': '第 12 期', 'content/posts/2024-01-12.md': '第 13 期', 'content/posts/2024-01-19.md': '第 14 期' },
      ['content/posts/*.md'],
    ],
    [
      'of Hugo, in folders of their own',
      { 'content/posts/2024-01-05/index.md': 'Weekly #12', 'content/posts/2024-01-12/index.md': 'Weekly #13' },
      ['content/posts/*/index.md'],
    ],
    [
      'of Astro, by the folder, beside a blog',
      {
        'src/content/newsletter/spring.md': 'Spring comes',
        'src/content/newsletter/rain.md': 'And rain',
        'src/content/blog/looms.md': 'On looms',
        'src/content/blog/warps.md': 'On warps',
      },
      ['src/content/newsletter/*.md'],
    ],
    [
      'of VitePress, by the folder',
      { 'docs/周报/a1.md': '开始', 'docs/周报/a2.md': '继续', 'docs/guide/setup.md': 'Setup', 'docs/guide/use.md': 'Use' },
      ['docs/周报/a*.md'],
    ],
    [
      'of Hexo, among other posts, by titles and names',
      {
        'source/_posts/issue-1.md': '织机双周刊 1',
        'source/_posts/issue-2.md': '织机双周刊 2',
        'source/_posts/looms.md': 'On looms',
        'source/_posts/warps.md': 'On warps',
      },
      ['source/_posts/*[Ii]ssue*.md'],
    ],
  ])('%s', async (_, files, patterns) => {
    put(files)
    expect(await find()).toEqual(patterns)
  })
})

it('a weekly whose names count on is found whole, though half of its issues link to nothing and none is dated', async () => {
  const links = '[a](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa) [b](https://mp.weixin.qq.com/s/bbbbbbbbbbbbbbbbbbbbbb)'
  mkdirSync(join(cwd, 'src/pages/posts'), { recursive: true })
  for (let issue = 1; issue <= 10; issue++) writeFileSync(join(cwd, `src/pages/posts/${issue}-看花.md`), issue % 2 ? links : '看花。')
  const { patterns, issues } = await findWeeklies(cwd, ['src/pages'], 'UTC')
  expect([patterns, issues.length]).toEqual([['src/pages/posts/*-看花.md'], 10])
})

describe('folders of years, months and days are left open', () => {
  const reading = '## 推荐阅读\n\n- [a](https://a.example/)\n- [b](https://b.example/)\n- [c](https://c.example/)\n'
  const write = (path: string, text = reading) => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }

  it.each([
    ['also the only ones', ['news/2022/Aug/01.md', 'news/2022/Aug/08.md', 'news/2022/Aug/15.md'], [], ['news/*/*/*.md']],
    ['of bundles', ['news/2022-08/a1/index.md', 'news/2022-08/a2/index.md', 'news/2022-08/a3/index.md'], [], ['news/*/a*/index.md']],
    [
      'with issues that show nothing, known by their days',
      ['news/2022/01-07.md', 'news/2022/01-14.md', 'news/2023/01-06.md', 'news/2023/01-13.md'],
      ['news/2022/01-21.md', 'news/2022/01-28.md', 'news/2023/01-20.md', 'news/2023/01-27.md'],
      ['news/*/*.md'],
    ],
    [
      'with issues that show nothing, whose names count on in each',
      ['news/2022/01-a.md', 'news/2022/02-b.md', 'news/2023/01-c.md', 'news/2023/02-d.md'],
      ['news/2022/03-e.md', 'news/2022/04-f.md', 'news/2023/03-g.md', 'news/2023/04-h.md'],
      ['news/*/*.md'],
    ],
    [
      'but not where other posts stand in one',
      ['news/2022/1.md', 'news/2022/2.md', 'news/2022/3.md'],
      ['news/2021/warps.md'],
      ['news/2022/*.md'],
    ],
    [
      'but not folders that are called like months outside of years',
      ['news/01/1.md', 'news/01/2.md', 'news/01/3.md'],
      [],
      ['news/01/*.md'],
    ],
  ])('%s', async (_, issues, others, patterns) => {
    for (const path of issues) write(path)
    for (const path of others) write(path, '织')
    expect(await find()).toEqual(patterns)
  })
})

it('what a repository says of a folder is excluded, in whatever year', async () => {
  put({ '2022/a-1.md': '织机周刊 1', '2022/a-2.md': '织机周刊 2' })
  for (const path of ['2022/README.md', '2022/_index.zh.md']) writeFileSync(join(cwd, path), '# 2022\n')
  writeFileSync(
    join(cwd, '2022/b.md'),
    '- [周刊](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa) [b](https://mp.weixin.qq.com/s/bbbbbbbbbbbbbbbbbbbbbb)',
  )
  expect(await find()).toEqual(['*/*.md', '!*/README.md', '!*/_index.zh.md'])
})

it('a series of numbered titles without dates is found, whatever it links to', async () => {
  for (let issue = 1; issue <= 8; issue++)
    writeFileSync(join(cwd, `Loom${issue}.md`), `# 《织机》第 ${issue} 期\n\n- [a](https://github.com/a/a)\n`)
  expect(await find()).toEqual(['*[Ll]oom*.md'])
})

it('a weekly beside posts that link to a few articles is found without them, and with what is called like it', async () => {
  const link = (id: string) => `[a](https://mp.weixin.qq.com/s/${id.padEnd(22, 'a')})`
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  for (let issue = 10; issue < 40; issue++) write(`blog/loom-weekly-${issue}/index.md`, `${link(`b${issue}`)} ${link(`c${issue}`)}`)
  write('blog/loomweekly-40/index.md', `${link('d')} ${link('e')}`)
  write('blog/loom-special-weekly/index.md', '新年好')
  for (const name of ['multi-a', 'multi-b']) write(`blog/${name}/index.md`, `${link(`f${name}`)} ${link(`g${name}`)}`)
  for (const name of ['warp', 'weft', 'reed']) write(`blog/${name}/index.md`, '织')
  const { patterns, issues } = await findWeeklies(cwd, ['blog'], 'UTC')
  expect([patterns, issues.length]).toEqual([['blog/*[Ww]eekly*/index.md'], 32])
})

it('an issue that stands elsewhere or ends otherwise than those called like it is found, and others that look like issues are named', async () => {
  const link = '[a](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa) [b](https://mp.weixin.qq.com/s/bbbbbbbbbbbbbbbbbbbbbb)'
  const issues = ['weekly-1.md', 'weekly-2.md', 'weekly-3.mdx', 'weekly-4/index.md', 'special.md', 'warps.md']
  for (const path of [...issues, 'looms.md', 'reed.md', 'a/index.md', 'b/index.md']) {
    mkdirSync(dirname(join(cwd, 'blog', path)), { recursive: true })
    writeFileSync(join(cwd, 'blog', path), issues.includes(path) ? link : '织')
  }
  const { patterns, issues: found, missed } = await findWeeklies(cwd, ['.'], 'UTC')
  expect(patterns).toEqual(['blog/*[Ww]eekly*.md', 'blog/*[Ww]eekly*/index.md', 'blog/*[Ww]eekly*.mdx'])
  expect([found.length, missed]).toEqual([4, ['blog/special.md', 'blog/warps.md']])
})

describe('of a weekly in several languages, one is found', () => {
  const language = (tag: string, isMain: boolean, contentFolder?: string): SiteLanguage => ({
    tag,
    isMain,
    isAtRoot: isMain,
    permalinks: {},
    ...(contentFolder === undefined ? {} : { contentFolder }),
  })
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name, index) => [name, `织机周刊 ${index + 1}`]))

  it.each([
    [
      'whose names tell the language of the translations alone: these are excluded',
      ['blog/weekly-1.md', 'blog/weekly-1.en.md', 'blog/weekly-2.md', 'blog/weekly-2.en.md', 'blog/weekly-3.md', 'blog/weekly-3.en.md'],
      [language('zh', true), language('en', false)],
      ['blog/*[Ww]eekly*.md', '!blog/*.en.md'],
      ['en'],
    ],
    [
      'whose names all tell their language',
      ['blog/weekly-1.zh.md', 'blog/weekly-1.en.md', 'blog/weekly-2.zh.md', 'blog/weekly-2.en.md', 'blog/weekly-3.zh.md'],
      [language('zh', true), language('en', false)],
      ['blog/*[Ww]eekly*.zh.md'],
      ['en'],
    ],
    [
      'whose languages have folders: that with most issues, which is not the main one',
      ['content/en/weekly-1.md', 'content/en/weekly-2.md', 'content/zh/weekly-1.md', 'content/zh/weekly-2.md', 'content/zh/weekly-3.md'],
      [language('en', true, 'content/en'), language('zh', false, 'content/zh')],
      ['content/zh/*[Ww]eekly*.md'],
      ['en'],
    ],
  ])('%s', async (_, names, languages, patterns, left) => {
    put(named(names))
    const found = await findWeeklies(cwd, [['content', 'blog']], 'UTC', { languages })
    expect([found.patterns, found.left, found.issues.length]).toEqual([patterns, left, 3])
  })

  it.each([
    ['the main one in no folder', ['blog/a-1.md', 'blog/a-2.md', 'blog/en/a-1.md', 'blog/en/a-2.md'], 'zh', ['blog/a-*.md'], ['en']],
    [
      'the main one of equals',
      ['blog/zh-cn/a-1.md', 'blog/zh-cn/a-2.md', 'blog/en/a-1.md', 'blog/en/a-2.md'],
      'en',
      ['blog/en/a-*.md'],
      ['zh-cn'],
    ],
  ])('that only folders tell: %s', async (_, names, main, patterns, left) => {
    put(named(names))
    const found = await findWeeklies(cwd, ['blog'], 'UTC', { main })
    expect([found.patterns, found.left]).toEqual([patterns, left])
  })

  it('that only folders tell: the folders of issues, in each of which a language has its own', () => {
    const paths = ['blog/a1/index.md', 'blog/a1/en/index.md', 'blog/a2/index.md', 'blog/a2/en/index.md', 'blog/a3/index.md']
    const { chosen, left } = inOneLanguage(
      paths.map(path => ({ path, isIssue: true })),
      [],
    )
    expect([chosen.map(({ path }) => path), left]).toEqual([['blog/a1/index.md', 'blog/a2/index.md', 'blog/a3/index.md'], ['en']])
  })

  it('but not by a folder that is called like a language and holds issues of its own', async () => {
    for (const names of [
      ['go/a-1', 'go/a-2', 'it/b-1', 'it/b-2'],
      ['fe/weekly-1', 'fe/weekly-2', 'it/weekly-1', 'it/weekly-2'],
      ['weekly-1', 'weekly-2', 'it/weekly-1', 'it/weekly-2'],
    ]) {
      rmSync(cwd, { recursive: true })
      put(named(names.map(name => `blog/${name}.md`)))
      const { left, issues } = await findWeeklies(cwd, ['blog'], 'UTC')
      expect([left, issues.length]).toEqual([[], 4])
    }
  })
})

describe('no weekly is found among', () => {
  it.each([
    ['posts of a blog', { 'content/posts/2024-01-05.md': 'On looms', 'content/posts/2024-01-12.md': 'On warps' }],
    [
      'parts of a tutorial',
      { 'posts/go-1.md': 'Learning to weave #1', 'posts/go-2.md': 'Learning to weave #2', 'posts/go-3.md': 'Learning to weave #3' },
    ],
    ['chapters', { 'docs/01-warp.md': '第 1 章 经', 'docs/02-weft.md': '第 2 章 纬' }],
    ['posts of which one is about a weekly', { 'posts/a.md': 'Why I began our weekly digest', 'posts/b.md': 'On looms' }],
    [
      'posts whose numbers are those of other things',
      { 'posts/a.md': 'Weekly 9 problems', 'posts/b.md': 'Newsletter 7 tips', 'posts/c.md': 'Digest 3 ways' },
    ],
  ])('%s', async (_, files) => {
    put(files)
    expect(await find()).toEqual([])
  })
})

describe('no weekly is found where posts list what they draw on:', () => {
  const alike = (folder: string, names: readonly string[], text: string): Record<string, string> =>
    Object.fromEntries(names.map(name => [`${folder}/${name}.md`, text]))
  const sources = '## 延伸阅读\n\n- [a](https://a.example/)\n- [b](https://b.example/)\n- [c](https://c.example/)\n'
  const articles = '[a](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa) [b](https://mp.weixin.qq.com/s/bbbbbbbbbbbbbbbbbbbbbb)'

  it.each<[string, Record<string, string>]>([
    ['a single one', { 'docs/tutorials/moving.md': sources, 'docs/tutorials/warps.md': '织' }],
    ['a single one with articles of WeChat', { 'posts/looms-1.md': articles, 'posts/warps.md': '织' }],
    [
      'those that share a word',
      {
        ...alike('posts', ['data-a', 'big-data', 'data-101', 'my-data-b', 'data-c'], sources),
        ...alike('posts', ['warp', 'weft', 'reed', 'heddle', 'shuttle', 'loom', 'beam'], '织'),
      },
    ],
    ['pages of a manual', alike('docs', ['start', 'use', 'build', 'test', 'ship', 'mend'], sources)],
  ])('%s', async (_, files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true })
      writeFileSync(join(cwd, path), text)
    }
    expect(await find()).toEqual([])
  })
})

describe('issues whose names are like those of the posts beside them', () => {
  const essays = { 'posts/2023-01-01.md': '随笔', 'posts/2023-01-02.md': '第一次织布', 'posts/2023-01-03.md': 'On looms' }

  it('are told from them by their titles', async () => {
    put({ 'posts/2024-01-01.md': '第 1 期：开始', 'posts/2024-01-02.md': '第 2 期：继续', ...essays })
    const { patterns, titles, issues } = await findWeeklies(cwd, ['.'], 'UTC')
    expect([patterns, titles, issues.length]).toEqual([['posts/*.md'], '第.{1,12}[期卷]', 2])
  })

  it('are not found where titles are like those of others too', async () => {
    put({ 'posts/2024-01-01.md': '第 1 期', 'posts/2024-01-02.md': '第 2 期', ...essays, 'posts/2023-01-04.md': '周记：学习第二期的经验' })
    expect((await findWeeklies(cwd, ['.'], 'UTC')).patterns).toEqual([])
  })
})
