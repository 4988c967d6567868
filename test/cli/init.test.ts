import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runHere } from './run-here.js'

const root = join(import.meta.dirname, '../..')
const blog = join(root, 'fixtures/weekly/content/zh/blog')

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-init-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const put = (path: string, text: string) => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true })
  writeFileSync(join(cwd, path), text)
}
const read = (path: string) => readFileSync(join(cwd, path), 'utf8')
/** The posts of the fixtures, each in a folder of its own or as a file. */
const putPosts = (folder: string, name?: (slug: string) => string) => {
  if (name === undefined) cpSync(blog, join(cwd, folder), { recursive: true })
  else for (const slug of readdirSync(blog)) put(join(folder, name(slug)), readFileSync(join(blog, slug, 'index.md'), 'utf8'))
}
/** `init` in this process. */
const init = (args: string[]) => runHere(['init', ...args], cwd)
/** `init` as a person runs it. */
const initAlone = (args: string[], input = '') =>
  spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'init', ...args], {
    cwd,
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1', TZ: 'America/New_York' },
  })

/** `loom-weekly-20220107` → `2022-01-07-loom-weekly`; other posts are dated too. */
const dated = (slug: string) => slug.replace(/^(loom-weekly)-(\d{4})(\d\d)(\d\d)$/, '$2-$3-$4-$1').replace(/^(?=[a-z])/, '2021-05-05-')

/** The year of an issue; other posts have that of none. */
const yearOf = (slug: string) => /(\d{4})\d{4}$/.exec(slug)?.[1] ?? '2020'

const sites: readonly [name: string, files: Record<string, string>, posts: () => void, expected: RegExp[]][] = [
  [
    'Hugo',
    {
      'hugo.toml':
        'baseURL = "https://loom.example/"\ntitle = "Loom"\ndefaultContentLanguage = "zh"\n[languages.zh]\ncontentDir = "content/zh"\n',
    },
    () => putPosts('content/zh/blog'),
    [
      /weekly\('content\/zh\/blog\/\*?loom-weekly-\*\/index\.md', \{ url: \[':ownurl', '\/blog\/:lowerownslug\/', '\/blog\/:lowerslug\/'\] \}/,
      /output: 'static\/feeds'/,
      /title: 'Loom'/,
    ],
  ],
  [
    'Hugo with permalinks of its own',
    { 'config/_default/hugo.yaml': 'baseURL: https://loom.example/\ntitle: Loom\npermalinks:\n  page:\n    blog: /:year/:month/:slug/\n' },
    () => putPosts('content/blog'),
    [/url: \[':ownurl', '\/:ownyear\/:ownmonth\/:lowerownslug\/', '\/:ownyear\/:ownmonth\/:title\/'\]/],
  ],
  [
    'Hugo with a folder that is called like a language, in a site of one language',
    { 'hugo.toml': 'baseURL = "https://loom.example/"\ntitle = "Loom"\n' },
    () => putPosts('content/en/blog'),
    [
      /weekly\('content\/en\/blog\/\*?loom-weekly-\*\/index\.md', \{ url: \[':ownurl', '\/en\/blog\/:lowerownslug\/', '\/en\/blog\/:lowerslug\/'\] \}/,
    ],
  ],
  [
    'Hugo that takes dates from names',
    { 'hugo.toml': 'baseURL = "https://loom.example/"\n[frontmatter]\ndate = [":filename", ":default"]\n' },
    () => putPosts('content/weekly', slug => `${dated(slug)}-${slug.slice(-8)}.md`),
    [/url: \[':ownurl', '\/weekly\/:lowerownslug\/', '\/weekly\/:lowername\/'\]/],
  ],
  [
    'Hugo with translations beside the issues, told by the ending of their names, which are excluded',
    { 'hugo.toml': 'baseURL = "https://loom.example/"\ndefaultContentLanguage = "zh"\n[languages.zh]\n[languages.en]\n' },
    () => {
      putPosts('content/blog', slug => `${slug}.md`)
      putPosts('content/blog', slug => `${slug}.en.md`)
    },
    [
      /weekly\(\['content\/blog\/loom-weekly-\*\.md', '!content\/blog\/\*\.en\.md'\], \{ url: \[':ownurl', '\/blog\/:lowerownslug\/', '\/blog\/:lowerslug\/'\] \}/,
    ],
  ],
  [
    'Hugo published in a folder that is called like that of its posts',
    { 'hugo.toml': 'baseURL = "https://loom.example/blog/"\ntitle = "Loom"\n' },
    () => putPosts('content/blog'),
    [/url: \[':ownurl', 'blog\/:lowerownslug\/', 'blog\/:lowerslug\/'\]/, /baseUrl: 'https:\/\/loom\.example\/blog\/feeds\/'/],
  ],
  [
    'Hugo whose issues state addresses of their own, with names in capitals, published in a folder',
    {
      'hugo.toml': 'baseURL = "https://loom.example/site/"\ntitle = "Loom"\n',
      'content/blog/About/index.md': '---\ntitle: A\nslug: Us\nurl: /us/\n---\n',
    },
    () => putPosts('content/blog', slug => `${slug.replace('loom', 'Loom')}/index.md`),
    [/url: \[':ownurl', 'blog\/:lowerownslug\/', 'blog\/:lowerslug\/'\]/],
  ],
  [
    'Hugo in two languages, with a config in parts',
    {
      'config/_default/hugo.toml': 'baseURL = "https://loom.example/"\ndefaultContentLanguage = "en"\nuglyURLs = true\n',
      'config/_default/languages.toml':
        '[en]\ntitle = "Loom"\ncontentDir = "content/en"\n[zh]\ntitle = "织机"\ncontentDir = "content/zh"\n',
      'config/_default/permalinks.toml': 'blog = "/w/:sections[last]/:filename/"\n',
    },
    () => putPosts('content/zh/blog/weekly', slug => `${slug}/index.md`),
    [/url: \[':ownurl', '\/zh\/w\/blog\/:lowerslug\.html'\]/, /title: '织机'/],
  ],
  [
    'Hugo with translations beside the issues, which are left out',
    { 'hugo.toml': 'baseURL = "https://loom.example/"\n[languages.en]\ntitle = "Loom"\n[languages.zh]\ntitle = "织机"\n' },
    () => {
      putPosts('content/blog', slug => `${slug}/index.zh.md`)
      putPosts('content/blog', slug => (slug < 'loom-weekly-2023' ? `${slug}/index.md` : `${slug}/other.txt`))
    },
    [
      /weekly\('content\/blog\/loom-weekly-\*\/index\.zh\.md', \{ url: \[':ownurl', '\/zh\/blog\/:lowerownslug\/', '\/zh\/blog\/:lowerslug\/'\] \}/,
    ],
  ],
  [
    'Hexo whose names hold dates that addresses do not',
    {
      '_config.yml':
        'url: https://loom.example/b\nroot: /b/\npermalink: :title.html\nnew_post_name: :year-:month-:day-:title.md\npublic_dir: out\n',
      'package.json': '{"dependencies":{"hexo":"7"}}',
    },
    // Names without their dates still tell issues apart: they are addresses.
    () => putPosts('source/_posts/weekly', slug => `${dated(slug)}-${slug.slice(-8)}.md`),
    [/url: \[':ownpermalink', 'weekly\/:name\.html'\]/, /output: 'out\/feeds'/],
  ],
  [
    'Hexo',
    {
      '_config.yml': 'title: Loom\nurl: https://loom.example\npermalink: :year/:month/:day/:title/\ntimezone: Asia/Tokyo\n',
      'package.json': '{"dependencies":{"hexo":"7"}}',
    },
    () => putPosts('source/_posts', slug => `${slug}.md`),
    [
      /source\/_posts\/loom-weekly-\*\.md', \{ url: \[':ownpermalink', '\/:year\/:month\/:day\/:slug\/'\]/,
      /output: 'public\/feeds'/,
      /timeZone: 'Asia\/Tokyo'/,
    ],
  ],
  [
    'Hexo whose config states no permalink, with issues of one day',
    { '_config.yml': 'url: https://loom.example\n', 'package.json': '{"dependencies":{"hexo":"8"}}' },
    () => {
      putPosts('source/_posts', slug => `${slug}.md`)
      const [a, b] = ['20190802', '20191115'].map(day => `source/_posts/loom-weekly-${day}.md`) as [string, string]
      put(b, read(b).replace(/^date: .*/m, /^date: .*/m.exec(read(a))?.[0] ?? ''))
    },
    [/url: \[':ownpermalink', '\/:year\/:month\/:day\/:slug\/'\]/],
  ],
  [
    'Hexo whose addresses are made of a key of the front matter',
    { '_config.yml': 'url: https://loom.example\npermalink: posts/:abbrlink.html\n', 'package.json': '{"dependencies":{"hexo":"7"}}' },
    () => {
      putPosts('source/_posts', slug => `${slug}.md`)
      for (const name of readdirSync(join(cwd, 'source/_posts')))
        put(
          `source/_posts/${name}`,
          read(`source/_posts/${name}`).replace(/---\r?\n/, `---\nabbrlink: a${name.length}${name.slice(12, -3)}\n`),
        )
    },
    [/url: \[':ownpermalink', '\/posts\/:abbrlink\.html'\]/],
  ],
  [
    'Jekyll',
    { '_config.yml': 'title: Loom\nurl: https://loom.example\nbaseurl: /site\n' },
    () => putPosts('_posts', slug => `${dated(slug)}.md`),
    [
      /_posts\/\*-loom-weekly\.md', \{ url: \[':ownpermalink', ':year\/:month\/:day\/:ownslug\.html', ':year\/:month\/:day\/:name\.html'\]/,
      /url: 'https:\/\/loom\.example\/site\/'/,
      /output: 'feeds'/,
    ],
  ],
  [
    'VitePress',
    {
      'docs/.vitepress/config.mts':
        "export default { title: 'Loom', base: '/site/', cleanUrls: true, sitemap: { hostname: 'https://loom.example' } }\n",
    },
    () => putPosts('docs/weekly', slug => `${slug}.md`),
    [
      /docs\/weekly\/loom-weekly-\*\.md', \{ url: 'weekly\/:slug', base: '\/site\/', pictures: 'copy' \}/,
      /output: 'docs\/public\/feeds'/,
      /baseUrl: 'https:\/\/loom\.example\/site\/feeds\/'/,
    ],
  ],
  [
    'VitePress with an archive of former years, each part with addresses of its own',
    { 'docs/.vitepress/config.mts': "export default { title: 'Loom', srcDir: 'src', sitemap: { hostname: 'https://loom.example' } }\n" },
    () => putPosts('docs/src', slug => `${yearOf(slug) === '2023' ? '2023' : `archive/${yearOf(slug)}`}/${slug}.md`),
    [
      /weekly\('docs\/src\/archive\/\*\/loom-weekly-\*\.md', \{ url: '\/archive\/:path\.html', pictures: 'copy' \}\)/,
      /weekly\('docs\/src\/\*\/loom-weekly-\*\.md', \{ url: '\/:path\.html', pictures: 'copy' \}\)/,
    ],
  ],
  [
    'MkDocs with names of functions in its config',
    {
      'mkdocs.yml':
        'site_name: Loom\nsite_url: https://loom.example/w/\ndocs_dir: issues\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n',
    },
    () => putPosts('issues', slug => `${slug}.md`),
    [
      /weekly\('issues\/loom-weekly-\*\.md', \{ url: ':slug\/' \}/,
      /output: 'issues\/feeds'/,
      /title: 'Loom'/,
      /url: 'https:\/\/loom\.example\/w\/'/,
    ],
  ],
  [
    'Zola',
    { 'config.toml': 'base_url = "https://loom.example"\ntitle = "Loom"\n' },
    () => putPosts('content/weekly'),
    [/url: \['\/weekly\/:lowerownslug\/', '\/weekly\/:lowername\/'\]/, /output: 'static\/feeds'/],
  ],
  [
    'Astro with its address among the constants',
    {
      'astro.config.ts': 'export default defineConfig({ site: SITE.website })\n',
      'src/config.ts':
        'export const SITE: Site = {\n  website: "https://loom.example", // yours\n  title: "Loom",\n  desc: "Weaving",\n}\n',
    },
    () => putPosts('src/content/weekly', slug => `${slug}.md`),
    [/url: 'https:\/\/loom\.example\/'/, /title: 'Loom'/, /description: 'Weaving'/],
  ],
  [
    'Hugo in a repository that is called like its domain',
    {
      'config.toml': 'baseURL = ""\ntitle = "Loom"\n',
      '.git/config': '[remote "origin"]\n\turl = https://github.com/loomstack/Loomstack.tech.git\n',
    },
    () => putPosts('content/blog'),
    [/url: 'https:\/\/loomstack\.tech\/'/],
  ],
  [
    'GitHub where a repository is Markdown alone',
    {
      'README.md': '# 织机周刊 <img src="logo.png"/>\n\n每周五发布。\n',
      '.git/config': '[remote "origin"]\n\turl = git@github.com:loomstack/weekly.git\n',
    },
    () => putPosts('', slug => `${yearOf(slug)}/${slug}.md`),
    [
      /title: '织机周刊'/,
      /url: 'https:\/\/github\.com\/loomstack\/weekly\/'/,
      /weekly\('\*\/loom-weekly-\*\.md', \{ url: 'blob\/HEAD\/:path\.md' \}/,
      /output: 'feeds'/,
      /baseUrl: 'https:\/\/raw\.githubusercontent\.com\/loomstack\/weekly\/HEAD\/feeds\/'/,
    ],
  ],
  [
    'GitHub where a repository is Markdown alone, and its README begins with HTML and code',
    {
      'README.md': '```sh\n# install\n```\n\n<h1 align="center">\n  织机<b>周刊</b>\n</h1>\n',
      '.git/config': '[remote "origin"]\n\turl = ssh://git@github.com/loomstack/weekly\n',
    },
    () => putPosts('', slug => `${yearOf(slug)}/${slug}/index.md`),
    [/title: '织机周刊'/, /weekly\('\*\/loom-weekly-\*\/index\.md', \{ url: 'blob\/HEAD\/:path\/index\.md' \}/],
  ],
  [
    'GitHub where a repository is Markdown alone, and its README begins with an underlined heading',
    {
      'README.md': '织机周刊\n=====\n\n# Editors\n',
      '.git/config': '[remote "origin"]\n\turl = git@github.com:loomstack/weekly.git\n',
    },
    () => putPosts('2023/Aug', slug => `${slug}.md`),
    [/title: '织机周刊'/, /weekly\('\*\/\*\/loom-weekly-\*\.md', \{ url: 'blob\/HEAD\/:path\.md' \}/],
  ],
  [
    'Hugo with names in capitals in folders of years, built',
    { 'hugo.toml': 'baseURL = "https://loom.example/"\ntitle = "Loom"\n' },
    () => {
      putPosts('content/posts', slug => `${yearOf(slug)}/${slug.replace('loom', 'Loom')}/index.md`)
      for (const slug of readdirSync(blog)) put(`public/posts/${yearOf(slug)}/${slug}/index.html`, '')
    },
    [
      /weekly\('content\/posts\/\*\/Loom-weekly-\*\/index\.md', \{ url: \[':ownurl', '\/posts\/:lowerownpath\/', '\/posts\/:lowerpath\/'\] \}/,
    ],
  ],
  [
    'VuePress',
    { 'docs/.vuepress/config.js': "module.exports = { title: 'Loom' }\n", CNAME: 'loom.example\n' },
    () => putPosts('docs/weekly', slug => `${slug}.md`),
    [/url: \[':ownpermalink', '\/weekly\/:slug\.html'\]/, /output: 'docs\/\.vuepress\/public\/feeds'/, /url: 'https:\/\/loom\.example\/'/],
  ],
  [
    'Astro',
    { 'astro.config.mjs': "import { defineConfig } from 'astro/config'\nexport default defineConfig({ site: 'https://loom.example' })\n" },
    () => putPosts('src/content/blog', slug => `${slug}.md`),
    [
      /src\/content\/blog\/loom-weekly-\*\.md', \{ url: \['\/blog\/:ownslug\/', '\/blog\/:githubslug\/'\], pictures: 'copy' \}/,
      /output: 'public\/feeds'/,
      /title: 'loom\.example'/,
    ],
  ],
  [
    'Astro that shows a collection under another name, below a base',
    {
      'astro.config.mjs':
        "export default { site: 'https://loom.example', base: '/docs', build: { format: 'file' }, publicDir: './static' }\n",
      'src/pages/news/[...slug].astro': '',
      'src/pages/tags/[tag].astro': '',
    },
    () => putPosts('src/content/blog', slug => `${slug}.md`),
    [/url: \['news\/:ownslug', 'news\/:githubslug'\]/, /output: 'static\/feeds'/, /url: 'https:\/\/loom\.example\/docs\/'/],
  ],
  [
    'Docusaurus without dates in names',
    {
      'docusaurus.config.ts': "export default { title: 'Loom', url: 'https://loom.example', baseUrl: '/', trailingSlash: true }\n",
      'blog/a.md': '---\nslug: b\n---\n',
    },
    () => putPosts('blog', slug => `${slug}.md`),
    [/url: \['\/blog\/:ownslug\/', '\/blog\/:pathdate\/:undatedpath\/', '\/blog\/:undatedpath\/'\]/],
  ],
  [
    'VitePress with its pages in a folder',
    { '.vitepress/config.mts': "export default { title: 'Loom', srcDir: './pages', sitemap: { hostname: 'https://loom.example' } }\n" },
    () => putPosts('pages/weekly', slug => `${slug}.md`),
    [/url: '\/weekly\/:slug\.html'/, /output: 'pages\/public\/feeds'/],
  ],
  [
    'Docusaurus',
    { 'docusaurus.config.ts': "export default { title: 'Loom', url: 'https://loom.example', baseUrl: '/' }\n" },
    () => putPosts('blog', slug => `${dated(slug)}.md`),
    [
      /blog\/\*-loom-weekly\.md', \{ url: \['\/blog\/:ownslug', '\/blog\/:pathdate\/:undatedpath', '\/blog\/:undatedpath'\], pictures: 'copy' \}/,
      /output: 'static\/feeds'/,
    ],
  ],
  [
    'Docusaurus with parts of issues and a template, of which it makes no pages',
    {
      'docusaurus.config.ts': "export default { title: 'Loom', url: 'https://loom.example', baseUrl: '/' }\n",
      'blog/_support.md': '# 周刊\n\n- [a](https://a.example/)\n- [b](https://b.example/)\n- [c](https://c.example/)\n',
      'blog/README.md': '# 周刊\n',
    },
    () => putPosts('blog', slug => `${slug.slice(-8)}.md`.replace(/^(?=\D)/, '_')),
    [
      /weekly\(\['blog\/\*\.md', '!blog\/README\.md', '!blog\/_\*'\], \{ url: \['\/blog\/:ownslug', '\/blog\/:pathdate\/:undatedpath', '\/blog\/:pathdate', '\/blog\/:undatedpath'\], pictures: 'copy' \}/,
    ],
  ],
  [
    'Docusaurus with issues in folders of their own, and folders of which it makes no pages',
    {
      'docusaurus.config.ts': "export default { title: 'Loom', url: 'https://loom.example', baseUrl: '/' }\n",
      'blog/_template/index.md': '# 周刊 第 0 期\n',
    },
    () => putPosts('blog', slug => `${slug.slice(-8)}/index.md`.replace(/^(?=\D)/, '_')),
    [
      /weekly\(\['blog\/\*\/index\.md', '!blog\/_\*\/index\.md'\], \{ url: \['\/blog\/:ownslug', '\/blog\/:pathdate\/:undatedpath', '\/blog\/:pathdate', '\/blog\/:undatedpath'\], pictures: 'copy' \}/,
    ],
  ],
  [
    'Jekyll with drafts beside collections',
    {
      '_config.yml': 'title: Loom\nurl: https://loom.example\n',
      '_drafts/loom-weekly-next.md': '# 周刊\n\n- [a](https://a.example/)\n- [b](https://b.example/)\n- [c](https://c.example/)\n',
    },
    () => putPosts('_posts', slug => `${dated(slug)}.md`),
    [/weekly\('_posts\/\*-loom-weekly\.md'/],
  ],
  [
    'Docusaurus whose blog is shown elsewhere',
    {
      'docusaurus.config.ts':
        "export default { title: 'Loom', url: 'https://loom.example', baseUrl: '/', presets: [['classic', { docs: false, blog: { path: './news', routeBasePath: '/', showReadingTime: true } }]] }\n",
    },
    () => putPosts('news', slug => `${dated(slug)}.md`),
    [/url: \['\/:ownslug', '\/:pathdate\/:undatedpath', '\/:undatedpath'\]/],
  ],
  [
    'Docusaurus with issues in folders of years, dated by their names',
    { 'docusaurus.config.ts': "export default { title: 'Loom', url: 'https://loom.example', baseUrl: '/' }\n" },
    () => putPosts('blog', slug => `${yearOf(slug)}/${dated(slug)}.md`),
    [
      /weekly\('blog\/\*\/\*-loom-weekly\.md', \{ url: \['\/blog\/:ownslug', '\/blog\/:pathdate\/:undatedpath', '\/blog\/:undatedpath'\], pictures: 'copy' \}/,
    ],
  ],
  [
    'Hugo whose main language has a host of its own',
    {
      'hugo.toml':
        'baseURL = "https://loom.example/"\ndefaultContentLanguage = "zh"\n[languages.zh]\nbaseURL = "https://zh.loom.example/"\n[languages.en]\n',
    },
    () => putPosts('content/blog'),
    [/url: 'https:\/\/zh\.loom\.example\/'/],
  ],
  [
    'Eleventy',
    { 'eleventy.config.js': 'export default function () {}\n', 'package.json': '{"homepage":"https://loom.example"}' },
    () => putPosts('posts', slug => `${dated(slug)}.md`),
    [/posts\/\*-loom-weekly\.md', \{ url: \[':ownpermalink', '\/posts\/:slug\/'\] \}/, /output: '_site\/feeds'/],
  ],
  [
    'Eleventy that builds into another folder',
    {
      'eleventy.config.js': "export default () => ({ dir: { input: 'src', output: 'dist' } })\n",
      'package.json': '{"homepage":"https://loom.example"}',
    },
    () => putPosts('src/posts', slug => `${slug}.md`),
    [/url: \[':ownpermalink', '\/posts\/:slug\/'\]/, /output: 'dist\/feeds'/],
  ],
  [
    'Jekyll with categories in addresses',
    {
      '_config.yml': 'title: Loom\nurl: https://loom.example\npermalink: /:categories/:year/W:week/:title/\n',
      '_posts/2020-01-01-a.md': '---\npermalink: /a/\n---\n',
    },
    () => putPosts('_posts', slug => `${dated(slug)}-${slug.slice(-8)}.md`),
    [/url: \[':ownpermalink', '\/:year\/W\/:ownslug\/', '\/:year\/W\/:name\/'\]/],
  ],
]

describe('weekloom init', () => {
  it.each(sites)('knows %s: its weeklies, their addresses, its folders', async (name, files, posts, expected) => {
    for (const [path, text] of Object.entries(files)) put(path, text)
    posts()
    const { status, stderr, stdout } = await init(['--yes', '--no-build'])
    expect(stderr).toContain(name.split(' ')[0])
    expect(status).toBe(0)
    const config = read('weekloom.config.ts')
    for (const each of expected) expect(config).toMatch(each)
    expect(config).toMatch(/language: 'zh-CN'/)
    const tags = {
      VitePress: /^\['link', \{ rel: 'alternate', type: 'application\/(atom|rss|feed)\+.*', href: 'https:.*' \}\],$/gm,
      VuePress: /^\['link', \{ rel: 'alternate', type: 'application\/(atom|rss|feed)\+.*', href: 'https:.*' \}\],$/gm,
      GitHub: /^- \[.*\]\(https:\/\/raw\.githubusercontent\.com\/.*\)$/gm,
      Docusaurus: /^\{ tagName: 'link', attributes: \{ rel: 'alternate', .*', href: 'https:.*' \} \},$/gm,
    }[name.split(' ')[0] ?? '']
    expect(stdout.match(tags ?? /^<link rel="alternate" type="application\/(atom|rss|feed)\+.*" href="https:.*">$/gm)).toHaveLength(3)
    const workflow = parse(read('.github/workflows/weekloom.yml'))
    const commands = JSON.stringify(workflow.jobs.feeds.steps)
    expect(commands).toContain(/^(Hexo|Eleventy)/.test(name) ? 'npx weekloom update' : 'npx weekloom build')
    // What it wrote is a config that a build takes.
    const built = await runHere(['build', '--frozen'], cwd)
    expect(built.stderr).toMatch(/read +16 issues/)
    expect(built.status).toBe(0)
  })

  it.each([
    [
      'VitePress, whose main one has no folder',
      "export default { locales: { root: { lang: 'zh-CN' }, en: { lang: 'en' } } }\n",
      'docs/.vitepress/config/index.mts',
      ['docs/weekly', 'docs/en/weekly'],
      "weekly('docs/weekly/loom-weekly-*.md', { url: '/weekly/:slug.html', pictures: 'copy' })",
    ],
    [
      'VitePress whose locales stand in another file',
      "import { locales } from './locales'\nexport default { lang: 'zh-CN', locales }\n",
      'docs/.vitepress/config.mts',
      ['docs/zh/weekly', 'docs/en/weekly'],
      "weekly('docs/zh/weekly/loom-weekly-*.md', { url: '/zh/weekly/:slug.html', pictures: 'copy' })",
    ],
    [
      'VuePress',
      "module.exports = { locales: { '/en/': { lang: 'en-US' }, '/': { lang: 'zh-CN', title: 'Loom' } } }\n",
      'docs/.vuepress/config.js',
      ['docs/weekly', 'docs/en/weekly'],
      "weekly('docs/weekly/loom-weekly-*.md', { url: [':ownpermalink', '/weekly/:slug.html'], pictures: 'copy' })",
    ],
    [
      'Astro',
      "export default { i18n: { locales: ['en', { path: 'chinese', codes: ['zh', 'zh-CN'] }], defaultLocale: 'chinese' } }\n",
      'astro.config.mjs',
      ['src/content/blog/chinese', 'src/content/blog/en'],
      "weekly('src/content/blog/chinese/loom-weekly-*.md', { url: ['/blog/:ownslug/', '/blog/chinese/:githubslug/'], pictures: 'copy' })",
    ],
    [
      'Docusaurus',
      "export default { i18n: { defaultLocale: 'zh-CN', locales: ['zh-CN', 'en'] } }\n",
      'docusaurus.config.ts',
      ['blog', 'i18n/en/docusaurus-plugin-content-blog'],
      "weekly('blog/loom-weekly-*.md', { url: ['/blog/:ownslug', '/blog/:pathdate/:undatedpath', '/blog/:undatedpath'], pictures: 'copy' })",
    ],
  ])('takes one language of %s, and names the other', async (_, text, config, folders, expected) => {
    put(config, text)
    for (const folder of folders) putPosts(folder, slug => `${slug}.md`)
    const { stderr, status } = await init(['--yes', '--no-build', '--site', 'https://loom.example'])
    expect([status, stderr]).toEqual([0, expect.stringContaining('issues in other languages are left out (en)')])
    expect(read('weekloom.config.ts')).toContain(expected)
  })

  it('builds once and shows the newest entries and where people subscribe', () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\ntitle = "Loom"\n')
    putPosts('content/blog')
    const { status, stderr } = initAlone(['--yes', '--frozen'])
    expect(status).toBe(0)
    expect(stderr).toMatch(/11 created/)
    expect(stderr).toMatch(/Newest entries\n {2}2023-08-18/)
    expect(stderr).toMatch(/subscribe to https:\/\/loom\.example\/feeds\/atom\.xml/)
    expect(existsSync(join(cwd, 'static/feeds/atom.xml'))).toBe(true)
  })

  it('takes over the ids of a feed, also where a config is there already', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\ntitle = "Loom"\n')
    putPosts('content/blog')
    put(
      'old.xml',
      '<rss version="2.0"><channel><title>Old</title><link>https://loom.example/</link><description>x</description><item><title>A</title><link>https://loom.example/blog/loom-weekly-20230818/</link><guid isPermaLink="false">old-id-7</guid></item><item><title>No address</title></item></channel></rss>',
    )
    expect((await init(['--yes', '--no-build'])).status).toBe(0)
    const { status, stderr } = await init(['--adopt', 'old.xml', '--frozen'])
    expect(stderr).toContain('Took over 1 id of old.xml; of its 2 items, 1 without')
    expect(status).toBe(0)
    expect(read('static/feeds/issues/atom.xml')).toContain('old-id-7')
  })

  /** A feed of the issues, at addresses of this form. */
  const putOld = (address: (slug: string) => string) => {
    const items = readdirSync(blog).map(slug => {
      const title = /^title: *"?(.+?)"?$/m.exec(readFileSync(join(blog, slug, 'index.md'), 'utf8'))?.[1] ?? slug
      return `<item><title>${title.replace(/&/g, '&amp;')}</title><link>${address(slug)}</link><guid isPermaLink="false">${slug}</guid></item>`
    })
    put('old.xml', `<rss version="2.0"><channel><title>Old</title><link>https://loom.example/</link>${items.join('')}</channel></rss>`)
  }

  it.each([
    ['the folder', (slug: string) => `https://www.loom.example/news/${slug}/`, "url: ['/news/:ownslug/', '/news/:githubslug/']"],
    ['the ending', (slug: string) => `https://loom.example/blog/${slug}.html`, "url: ['/blog/:ownslug.html', '/blog/:githubslug.html']"],
  ])('takes the addresses that the old feed has, where the site is not built: %s', async (_, address, url) => {
    put('astro.config.mjs', "export default { site: 'https://loom.example' }\n")
    putPosts('src/content/blog', slug => `${slug}.md`)
    putOld(address)
    const { stderr } = await init(['--yes', '--adopt', 'old.xml', '--frozen'])
    expect(read('weekloom.config.ts')).toContain(url)
    expect(stderr).toMatch(/as the old feed has them; the old feed has (\d+) of \1\)[\s\S]*\nIt has (\d+) of the \2 issues found here/)
    expect(stderr).toContain('redirect its address to https://loom.example/feeds/issues/rss.xml')
    expect(read('public/feeds/issues/rss.xml')).not.toContain('<guid isPermaLink="true">')
  })

  it('takes over the ids of issues by their titles where the config has other addresses, and says so', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    putOld(slug => `https://loom.example/?p=${slug.length}${slug.replace(/\D/g, '')}`)
    const { stderr } = await init(['--yes', '--adopt', 'old.xml', '--frozen'])
    expect(stderr).toMatch(
      /of them at other addresses: .+ is at https:\/\/loom\.example\/\?p=\d+ there, and at https:\/\/loom\.example\/blog\//,
    )
    expect(read('static/feeds/issues/rss.xml')).not.toContain('<guid isPermaLink="true">')
  })

  it('says that an old feed has none of the issues, and what to do', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    put(
      'old.xml',
      '<rss version="2.0"><channel><title>Old</title><link>https://loom.example/</link><item><title>A</title><link>https://loom.example/a</link><guid>https://loom.example/a</guid></item></channel></rss>',
    )
    const { status, stderr } = await init(['--yes', '--adopt', 'old.xml', '--no-build'])
    expect(status).toBe(0)
    expect(stderr).toMatch(
      /It has 0 of the 16 issues found here\.\n {2}An item of it is at https:\/\/loom\.example\/a, an issue at .+ correct `url`/,
    )
    expect(stderr).not.toContain('redirect its address')
  })

  it('ends as a build does, with what is wrong with the feeds that it wrote, since the next build finds them unchanged', async () => {
    put(
      'weekloom.config.mjs',
      `export default { site: { title: 'A', url: 'https://loom.example/' }, output: 'feeds', sources: [{ name: 'own', async *read() {
        yield { entry: { id: 'seven', keys: ['seven'], url: 'https://loom.example/7', title: 'A', kind: 'issue', state: 'full', authors: [], tags: [], origins: [{ source: 'own', kind: 'post' }] } }
      } }] }\n`,
    )
    put(
      'old.xml',
      '<rss version="2.0"><channel><title>Old</title><link>https://loom.example/</link><item><title>B</title><link>https://loom.example/b</link><guid>https://loom.example/b</guid></item></channel></rss>',
    )
    const { status, stderr } = await init(['--adopt', 'old.xml', '--frozen'])
    expect([status, stderr]).toEqual([1, expect.stringMatching(/<id> is "seven"[\s\S]*FEED_ID_INVALID[\s\S]*failed by its policy/)])
    expect(stderr).not.toContain('says what to do')
  })

  it.each([
    ['without slashes', "base: 'club'", "url: 'https://loom.example/club/'", undefined],
    ['as an expression', "base: isCi ? '/club' : '/'", "url: 'https://loom.example/'", '`base` in astro.config.mjs is no plain text'],
  ])('takes the folder that an Astro site stands in, and says where it cannot be read: %s', async (_, base, url, note) => {
    put('astro.config.mjs', `export default defineConfig({ site: 'https://loom.example', ${base} })\n`)
    putPosts('src/content/weekly', slug => `${slug}.md`)
    const { stderr } = await init(['--yes', '--no-build'])
    expect(read('weekloom.config.ts')).toContain(url)
    if (note === undefined) expect(stderr).not.toContain('no plain text')
    else expect(stderr).toContain(note)
  })

  it('gives the feed no more issues than the one that it takes the place of had, since readers would show older ones as new', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\ntitle = "Loom"\n')
    putPosts('content/blog')
    const items = ['20230818', '20230811'].map(
      day =>
        `<item><title>A</title><link>https://loom.example/blog/loom-weekly-${day}/</link><guid isPermaLink="false">old-${day}</guid></item>`,
    )
    put('old.xml', `<rss version="2.0"><channel><title>Old</title><link>https://loom.example/</link>${items.join('')}</channel></rss>`)
    const first = await init(['--yes', '--frozen', '--adopt', 'old.xml'])
    expect(first.stderr).toContain('The config has `limit: 2`')
    expect(read('static/feeds/issues/atom.xml').match(/<entry>/g)).toHaveLength(2)
    const later = await init(['--adopt', 'old.xml', '--no-build'])
    expect(later.stderr).toContain('`feeds: { feed: { limit: 2 } }` in the config prevents it')
    put(
      'old.xml',
      `<rss version="2.0"><channel><title>Old</title><link>https://loom.example/</link>${items.join('').repeat(10)}</channel></rss>`,
    )
    const full = await init(['--yes', '--no-build', '--force', '--adopt', 'old.xml'])
    expect([read('weekloom.config.ts').includes('limit'), full.stderr.includes('limit')]).toEqual([false, false])
  })

  it.each([
    [
      'the pages that it finds',
      'public/blog/%s/index.html',
      "url: [':ownurl', '/blog/:lowerownslug/', '/blog/:lowerslug/']",
      'public/ has the pages of 16 of 16',
    ],
    [
      'pages that stand elsewhere than the config says',
      'public/blog/%s.html',
      "url: [':ownurl', '/blog/:lowerownslug.html', '/blog/:lowerslug.html']",
      'as the site was built',
    ],
  ])('holds the addresses against a site that was built: %s', async (_, page, url, note) => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\ntitle = "Loom"\n')
    putPosts('content/blog')
    for (const slug of readdirSync(blog)) put(page.replace('%s', slug), 'x')
    const { stderr } = await init(['--yes', '--no-build'])
    expect(stderr).toContain(note)
    expect(read('weekloom.config.ts')).toContain(url)
  })

  it.each([
    [
      'named like them, in another folder',
      'dist/news/%s.html',
      "url: [':ownpermalink', '/news/:slug.html']",
      'as the site was built; dist/ has the pages of 16 of 16',
    ],
    [
      'named like them, in folders of months',
      'dist/n/%y/%m/%s/index.html',
      "url: [':ownpermalink', '/n/:year/:month/:slug/']",
      'dist/ has the pages of 16',
    ],
    [
      'named like them, of another day',
      'dist/n/%y/%m/07/%s/index.html',
      "url: [':ownpermalink', '/weekly/:slug/']",
      'dist/ has none of these pages',
    ],
    ['only of others', 'dist/news/a-%s.html', "url: [':ownpermalink', '/weekly/:slug/']", 'dist/ has none of these pages: check'],
    ['none', 'dist/%s.txt', "url: [':ownpermalink', '/weekly/:slug/']", 'the site is not built here: check'],
  ])('looks for pages where the site was built: %s', async (_, page, url, note) => {
    put('eleventy.config.js', "export default () => ({ dir: { input: 'content', output: 'dist' } })\n")
    putPosts('content/weekly', slug => `${slug}.md`)
    for (const slug of readdirSync(blog)) {
      const [, year = '', month = ''] = /(\d{4})(\d\d)\d\d$/.exec(slug) ?? []
      put(page.replace('%s', slug).replace('%y', year).replace('%m', month), 'x')
    }
    const { stderr } = await init(['--yes', '--no-build', '--site', 'https://loom.example'])
    expect(stderr).toContain(note)
    expect(read('weekloom.config.ts')).toContain(url)
  })

  it.each([
    ['out/posts/%s.html', "url: 'posts/:slug.html'"],
    ['out/posts/%s/index.html', "url: 'posts/:slug/'"],
    ['.output/public/posts/%s/index.html', "url: 'posts/:slug/'"],
  ])('finds the pages that a tool which is not known has made: %s', async (page, url) => {
    putPosts('_posts', slug => `${slug}.md`)
    put('public/feeds/feeds.html', 'x')
    await init(['--yes', '--no-build', '--site', 'https://loom.example/base/'])
    expect(read('weekloom.config.ts')).toContain("url: ':slug/'")
    for (const slug of readdirSync(blog)) put(page.replace('%s', slug), 'x')
    const { stderr } = await init(['--yes', '--no-build', '--force', '--site', 'https://loom.example/base/'])
    expect(stderr).toContain('as the site was built')
    expect(read('weekloom.config.ts')).toContain(url)
  })

  it('counts the pages of all patterns with the same addresses, and finds an issue whose word is in the other case', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/index.html?a#b"\n')
    const issue = (title: string) =>
      `---\ntitle: ${title}\ndate: 2026-01-05\n---\n\n- [a](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)\n- [b](https://mp.weixin.qq.com/s/bbbbbbbbbbbbbbbbbbbbbb)\n`
    for (const name of ['weekly-1', 'weekly-2', 'weekly-3', 'monthly-1', 'monthly-2', 'monthly-3']) {
      put(`content/posts/${name}.md`, issue(name))
      put(`public/posts/${name}/index.html`, '')
    }
    for (const name of ['tea', 'silk', 'wool', 'loom']) put(`content/posts/${name}.md`, `---\ntitle: ${name}\ndate: 2026-01-05\n---\n`)
    const { stderr } = await init(['--yes', '--no-build'])
    expect(stderr).toContain('public/ has the pages of 6 of 6')
    const config = read('weekloom.config.ts')
    expect(config).toContain("weekly(['content/posts/*[Mm]onthly*.md', 'content/posts/*[Ww]eekly*.md'], ")
    expect(config).toContain("url: 'https://loom.example/',")
    put('content/posts/Weekly-4.md', issue('Weekly 4'))
    expect((await runHere(['build', '--frozen'], cwd)).stderr).toMatch(/read +7 issues/)
  })

  it('says nothing of pages in a folder that tools read', async () => {
    putPosts('posts', slug => `${slug}.md`)
    put('public/feeds/feeds.html', 'x')
    expect((await init(['--yes', '--no-build', '--site', 'https://loom.example'])).stderr).toContain('the site is not built here')
  })

  it('takes pages for those of issues where nearly all have one, of several folders the likeliest, and keeps addresses that issues state', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    const [first, ...others] = readdirSync(blog).filter(slug => slug.startsWith('loom'))
    put('content/blog/own/index.md', '---\nurl: /own/\nslug: o\n---\n')
    for (const slug of others) for (const folder of ['a', 'x/blog']) put(`public/${folder}/${slug}/index.html`, 'x')
    const { stderr } = await init(['--yes', '--no-build'])
    expect(stderr).toContain(`none for content/blog/${first}/index.md, which would be /x/blog/${first}/`)
    expect(read('weekloom.config.ts')).toContain("url: [':ownurl', '/x/blog/:lowerownslug/', '/x/blog/:lowerslug/']")
  })

  it.each([
    ['weekly.json', '{"permalink":"/news/{{ page.fileSlug }}.html"}', "url: [':ownpermalink', '/news/:name.html']"],
    ['weekly.11tydata.json', '{ "permalink": "{{page.filePathStem}}/index.html" }', "url: [':ownpermalink', '/weekly/:slug/']"],
    [
      'weekly.11tydata.js',
      `// permalink: 'x'\nexport default { permalink: "/{{ page.date | date: '%Y/%m' }}/{{ page.fileSlug }}/" }`,
      "url: [':ownpermalink', '/:year/:month/:name/']",
    ],
    ['weekly.json', '{"layout":"post"}', "url: [':ownpermalink', '/weekly/:slug/']"],
  ])('knows the permalink in a data file of Eleventy: %s with %s', async (file, text, url) => {
    put('eleventy.config.js', "export default () => ({ dir: { input: 'content' } })\n")
    putPosts('content/weekly', slug => `${slug}.md`)
    put(`content/weekly/${file}`, text)
    expect((await init(['--yes', '--no-build', '--site', 'https://loom.example'])).status).toBe(0)
    expect(read('weekloom.config.ts')).toContain(url)
  })

  it('says what it does not know of a permalink of Eleventy', async () => {
    put('eleventy.config.js', "export default () => ({ dir: { input: 'content' } })\n")
    putPosts('content/weekly', slug => `${slug}.md`)
    put('content/content.json', '{"permalink":"/{{ series | slugify }}/{{ page.fileSlug }}/"}')
    const { stderr } = await init(['--yes', '--no-build', '--site', 'https://loom.example'])
    expect(stderr).toMatch(/\(the data of their folder: [\s\S]*weekloom knows no \{\{ series \| slugify \}\}/)
  })

  it.each([
    ['hugo.toml', 'static/a/新闻', 'a/%E6%96%B0%E9%97%BB/'],
    ['hugo.toml', 'static', ''],
    ['hugo.toml', 'public/news', 'news/'],
    ['_config.yml', 'news', 'news/'],
    ['docs/.vitepress/config.ts', './docs/public/news/', 'news/'],
  ])('names the address of the folder that is asked for: %s, %s', async (config, output, address) => {
    put(config, config.endsWith('ts') ? 'export default {}\n' : '')
    putPosts(config.startsWith('docs') ? 'docs' : config === 'hugo.toml' ? 'content' : '_posts')
    const { stdout, status } = await init(['--yes', '--no-build', '--site', 'https://loom.example/x/', '--out', output])
    expect(status).toBe(0)
    expect(read('weekloom.config.ts')).toContain(`baseUrl: 'https://loom.example/x/${address}',`)
    expect(stdout).toContain(`https://loom.example/x/${address}atom.xml`)
  })

  it('takes the posts for issues whose titles say so, where the names of files do not', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    const days = ['01', '02', '03']
    for (const day of days) put(`content/posts/2024-05-${day}.md`, `---\ntitle: 第 ${Number(day)} 期：标题\ndate: 2024-05-${day}\n---\n`)
    for (const day of days) put(`content/posts/2024-04-${day}.md`, `---\ntitle: 随笔 ${day}\ndate: 2024-04-${day}\n---\n`)
    const { status, stderr } = initAlone(['--yes', '--frozen'])
    expect([status, stderr]).toEqual([0, expect.stringContaining('6 posts, of them 3 issues of a weekly')])
    expect(read('weekloom.config.ts')).toContain('onPost: post => (/第.{1,12}[期卷]/.test(post.title) ? post : null),')
    expect(JSON.parse(read('static/feeds/feed.json')).items).toHaveLength(3)
    put('weekloom.config.ts', '')
    initAlone(['--force', '--no-build'], '\n\ncontent/posts/2024-05-*.md\n')
    expect(read('weekloom.config.ts')).not.toContain('onPost')
  })

  it('refuses a pattern that matches no post, and writes nothing', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    const { status, stderr } = await init(['content/blgo/*.md', '--yes'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('No post that can be read matches content/blgo/*.md in ')])
    expect(existsSync(join(cwd, 'weekloom.config.ts'))).toBe(false)
  })

  it('gives each of the files that are named the address of its own folder', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/posts', slug => `${yearOf(slug)}/${slug}.md`)
    const files = readdirSync(join(cwd, 'content/posts'), { recursive: true, encoding: 'utf8' }).filter(file => /weekly.*md$/.test(file))
    const { status } = await init([...files.map(file => `content/posts/${file}`), '--yes', '--no-build'])
    expect(status).toBe(0)
    const config = read('weekloom.config.ts')
    for (const year of new Set(files.map(file => file.slice(0, 4))))
      expect(config).toContain(`{ url: [':ownurl', '/posts/${year}/:lowerownslug/', '/posts/${year}/:lowerslug/'] })`)
  })

  it('says which folder to go to where the weekly is that of a site below', async () => {
    put('packages/site/hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('packages/site/content/blog')
    const { status, stderr } = await init(['--yes', '--no-build', '--site', 'https://loom.example/'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('The weekly stands in packages/site, which is a site of Hugo.')])
    const named = await init(['packages/site/content/blog/*/index.md', '--yes', '--no-build', '--site', 'https://loom.example/'])
    expect(named.status).toBe(0)
  })

  it.each([
    [
      'Astro',
      { 'astro.config.mjs': "export default { site: 'https://loom.example' }\n" },
      'src/content/weekly',
      "'weekloom/astro'` and `integrations: [weekloom()]`",
    ],
    [
      'VitePress',
      { '.vitepress/config.ts': "export default { title: 'Loom' }\n" },
      'weekly',
      "'weekloom/vite'` and `vite: { plugins: [weekloom()] }`",
    ],
    ['Hugo', { 'hugo.toml': "baseURL = 'https://loom.example/'\n" }, 'content/weekly', undefined],
  ])('names the plugin by which the build of %s makes the feeds, where there is one', async (_, files, folder, named) => {
    for (const [path, text] of Object.entries(files)) put(path, text)
    putPosts(folder, slug => `${slug}.md`)
    const { stderr } = await init(['--yes', '--no-build', '--site', 'https://loom.example/'])
    if (named === undefined) expect(stderr).not.toContain('weekloom()')
    else expect(stderr).toContain(named)
  })

  it('writes no open part of a page of Astro into addresses, and no pattern by which few pages were found', async () => {
    put('astro.config.mjs', "export default { site: 'https://loom.example' }\n")
    putPosts('src/content/weekly', slug => `${slug.replaceAll('-', '.')}.md`)
    put('src/pages/[lang]/weekly/[...slug].astro', '')
    expect((await init(['--yes', '--no-build'])).stderr).toContain('leave open what stands in /[lang]/weekly/')
    rmSync(join(cwd, 'src/pages'), { recursive: true })
    put('dist/weekly/loom.weekly.20220107.html', '')
    const { stderr } = await init(['--yes', '--no-build'])
    expect(stderr).toMatch(/does by default; dist\/ has pages of only 1 of \d+ at such addresses: check/)
    expect(read('weekloom.config.ts')).toContain("url: ['/weekly/:ownslug/', '/weekly/:githubslug/']")
  })

  it('puts the folder of a language where a page of Astro leaves it open', async () => {
    put('astro.config.mjs', "export default { site: 'https://loom.example', i18n: { locales: ['en', 'zh'], defaultLocale: 'en' } }\n")
    putPosts('src/content/news/zh', slug => `${slug}.md`)
    put('src/pages/[lang]/blog/[...slug].astro', '')
    expect((await init(['--yes', '--no-build'])).status).toBe(0)
    expect(read('weekloom.config.ts')).toContain("url: ['/zh/blog/:ownslug/', '/zh/blog/:githubslug/']")
  })

  it('builds nothing where issues would share an address, and takes the one that is said', async () => {
    put('_config.yml', 'url: https://loom.example\npermalink: posts/:uid.html\n')
    put('package.json', '{"dependencies":{"hexo":"7"}}')
    putPosts('source/_posts', slug => `${slug}.md`)
    const refused = await init(['--yes', '--frozen'])
    expect([refused.status, existsSync(join(cwd, 'weekloom.config.ts'))]).toEqual([2, false])
    expect(refused.stderr).toMatch(/would have one address, \/posts\/\.html: say which one an issue has, e\.g\. --url/)
    const said = await init(['--yes', '--no-build', '--url', ':ownslug.html', '--url', '/posts/:slug.html'])
    expect([said.status, read('weekloom.config.ts')]).toEqual([0, expect.stringContaining("url: [':ownslug.html', '/posts/:slug.html']")])
  })

  it('lets a first build be corrected, and says which ids a new config has lost', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    expect((await init(['--yes', '--frozen'])).stderr).toMatch(
      /Is https:\/\/loom\.example\/blog\/\S+ the address of that issue on your site\?/,
    )
    put('weekloom.config.ts', read('weekloom.config.ts').replace('/blog/:lowerslug/', '/weekly/:lowerslug/'))
    expect((await runHere(['build', '--frozen'], cwd)).status).toBe(0)
    put('weekloom.config.ts', read('weekloom.config.ts').replace('/weekly/:lowerslug/', '/w/:lowerslug/'))
    expect((await runHere(['build', '--frozen'], cwd)).status).toBe(1)
    const anew = await init(['--yes', '--frozen', '--force', '--site', 'https://other.example/'])
    expect(anew.stderr).toMatch(/Feed issues has lost (\d+) of its \1 published ids: subscribers see these entries gone, or anew/)
  })

  it('reads the feed whose ids are taken over before it writes anything', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    put('old.xml', '<p>no feed</p>')
    expect((await init(['--yes', '--no-build', '--adopt', 'old.xml'])).status).toBe(2)
    expect(readdirSync(cwd).sort()).toEqual(['content', 'hugo.toml', 'old.xml'])
  })

  it('writes the workflow for the branch that is checked out, and none where the repository is not on GitHub', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    put('.git/HEAD', 'ref: refs/heads/develop\n')
    put('.git/config', '[remote "origin"]\n\turl = git@github.com:loom/loom.git\n')
    await init(['--yes', '--no-build'])
    expect(read('.github/workflows/weekloom.yml')).toContain('branches: [main, master, develop]')
    rmSync(join(cwd, '.github'), { recursive: true })
    put('.git/config', '[remote "origin"]\n\turl = https://gitee.com/loom/loom.git\n')
    const { stderr } = await init(['--yes', '--no-build', '--force'])
    expect([existsSync(join(cwd, '.github')), stderr]).toEqual([false, expect.stringContaining('No workflow was written. On gitee.com')])
  })

  it.each([
    ['a file in place of the output folder', ['--out', 'hugo.toml'], /hugo\.toml is a file; feeds are written into a folder/],
    ['the name of a language in place of its tag', ['--language', 'chinese'], /did you mean zh-CN\?/],
  ])('refuses %s', async (_, args, message) => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    const { status, stderr } = await init(['--yes', '--no-build', ...args])
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)])
  })

  it('asks, and takes the answers', () => {
    put('content/blog/_index.md', 'x')
    putPosts('content/blog')
    const answers = [
      'loom.example',
      'https://loom.example/',
      'The Loom',
      '',
      'blog/:wrong/',
      '/b/:slug/',
      '',
      'Asia/Seoul',
      '织机社区',
      'copy',
      '',
      'no',
    ]
    const { status, stderr } = initAlone(['--no-build'], `${answers.join('\n')}\n`)
    expect(status).toBe(0)
    expect(stderr).toContain('It begins with https://')
    expect(stderr).toContain(':wrong, which is no placeholder')
    const config = read('weekloom.config.ts')
    for (const line of ["title: 'The Loom'", "url: '/b/:slug/'", "timeZone: 'Asia/Seoul'", "fullText: ['织机社区']", "images: 'copy'"])
      expect(config).toContain(line)
    expect(existsSync(join(cwd, '.github'))).toBe(false)
  })

  it.each([
    ['--site', 'loom.example', 'It begins with https:// or http://'],
    ['--site', 'https://user:word@loom.example/', 'give it without user name and password'],
    ['--url', '/blog/', 'issues would be at /blog/: a pattern holds what differs'],
    ['--time-zone', 'Mars/Olympus', '"Mars/Olympus" is no time zone'],
    ['--language', 'zh_TW', 'did you mean zh-TW?'],
  ])('refuses %s %s, as it would an answer, and writes nothing', async (flag, value, message) => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    const { status, stderr } = await init(['--yes', '--no-build', flag, value])
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(existsSync(join(cwd, 'weekloom.config.ts'))).toBe(false)
  })

  it.skipIf(process.getuid?.() === 0)('leaves out a post that may not be read', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    putPosts('content/blog')
    put('content/blog/closed.md', 'x')
    chmodSync(join(cwd, 'content/blog/closed.md'), 0)
    expect((await init(['--yes', '--no-build'])).status).toBe(0)
  })

  it('writes over no config and adds lines to .gitignore once', async () => {
    put('hugo.toml', 'baseURL = "https://loom.example/"\n')
    put('.gitignore', '/public\nnode_modules')
    putPosts('content/blog')
    expect((await init(['--yes', '--no-build'])).status).toBe(0)
    expect(read('.gitignore')).toBe('/public\nnode_modules')
    const before = read('weekloom.config.ts')
    const again = await init(['--yes', '--no-build'])
    expect(again.status).toBe(2)
    expect(again.stderr).toContain('is there already')
    expect((await init(['--yes', '--no-build', '--force', '--title', 'New'])).stderr).toMatch(/^ {2}weekloom\.config\.ts$/m)
    expect(read('weekloom.config.ts')).toBe(before.replace("title: 'loom.example'", "title: 'New'"))
  })

  it.each([
    ['holds no weekly', () => put('content/a.md', '# A\n'), 'No weekly posts were found'],
    ['names no address', () => putPosts('content/blog'), 'Home page of the site: none is known'],
  ])('ends with 2, writes nothing and says what to do for a folder that %s', async (_, make, message) => {
    make()
    const { status, stderr } = await init(['--yes'])
    expect(stderr).toContain(message)
    expect(stderr).toContain('→')
    expect(status).toBe(2)
    expect(existsSync(join(cwd, 'weekloom.config.ts'))).toBe(false)
  })

  describe('the workflow', () => {
    const workflowOf = (path = '.github/workflows/weekloom.yml') => parse(read(path))
    const runs = (workflow: { jobs: { feeds: { steps: { run?: string; uses?: string }[] } } }) =>
      workflow.jobs.feeds.steps.map(({ run, uses }) => run ?? uses)
    const hugo = 'baseURL = "https://loom.example/"\ntitle = "Loom"\n'

    it.each([
      ['package-lock.json', '{}', 'npm', ['npm ci', 'npx weekloom build']],
      ['pnpm-lock.yaml', '{}', 'pnpm', ['pnpm/action-setup@v4', 'pnpm install --frozen-lockfile', 'pnpm exec weekloom build']],
      ['yarn.lock', '{}', 'yarn', ['yarn install --frozen-lockfile', 'yarn run weekloom build']],
      ['yarn.lock', '{"packageManager":"yarn@4.9.1"}', 'yarn', ['corepack enable', 'yarn install --immutable', 'yarn run weekloom build']],
      ['bun.lock', '{}', undefined, ['oven-sh/setup-bun@v2', 'bun install --frozen-lockfile', 'bunx weekloom build']],
    ])('installs as %s asks for, with %s in package.json', async (lock, packages, cache, steps) => {
      put('hugo.toml', hugo)
      put(lock, '')
      put('package.json', packages)
      putPosts('content/blog')
      expect((await init(['--yes', '--no-build'])).stderr).toContain('add weekloom to it')
      const workflow = workflowOf()
      expect(runs(workflow)).toEqual(expect.arrayContaining(steps))
      expect(workflow.jobs.feeds.steps.find((step: { with?: object }) => step.with && 'node-version' in step.with).with.cache).toBe(cache)
    })

    it('installs by the lock file of the whole, where the site is a part of something larger', async () => {
      put('.git/HEAD', 'ref: refs/heads/main\n')
      put('pnpm-lock.yaml', '')
      put('packages/website/hugo.toml', hugo)
      put('packages/website/package.json', '{}')
      putPosts('packages/website/content/blog')
      const { stderr } = await runHere(['init', '--yes', '--no-build'], join(cwd, 'packages/website'))
      expect(stderr).toContain('pnpm add --save-dev weekloom')
      const workflow = workflowOf()
      expect(runs(workflow)).toEqual(expect.arrayContaining(['pnpm install --frozen-lockfile', 'pnpm exec weekloom build']))
      expect(workflow.defaults.run['working-directory']).toBe('packages/website')
      expect(JSON.stringify(workflow)).not.toContain('cache-dependency-path')
    })

    it('leaves feeds in a folder that git ignores to the deployment', async () => {
      put('.gitignore', '# built\n/public/\n')
      putPosts('posts')
      expect((await init(['--yes', '--no-build', '--site', 'https://loom.example'])).status).toBe(0)
      const commands = runs(workflowOf())
      expect(commands).toContain('npx weekloom update')
      expect(commands.at(-1)).not.toContain('public')
      expect(read('.github/workflows/weekloom.yml')).toContain('# Git ignores public/feeds')
    })

    it('stands in the folder of the repository, and works in that of the site', async () => {
      put('.git/HEAD', 'ref: refs/heads/main\n')
      put('website/hugo.toml', hugo)
      putPosts('website/content/blog')
      const { status } = await runHere(['init', '--yes', '--no-build'], join(cwd, 'website'))
      expect(status).toBe(0)
      const workflow = workflowOf()
      expect(workflow.defaults.run['working-directory']).toBe('website')
      expect(JSON.stringify(workflow)).toContain('website/package-lock.json')
      expect(existsSync(join(cwd, 'website/.github'))).toBe(false)
    })

    it.skipIf(process.platform === 'win32')(
      'keeps what it fetched and writes the feeds of both when somebody pushed the same files meanwhile',
      () => {
        const at = (folder: string, command: string) =>
          spawnSync('bash', ['-ec', command], {
            cwd: join(cwd, folder),
            encoding: 'utf8',
            env: {
              ...process.env,
              PATH: `${join(cwd, 'bin')}:${process.env['PATH']}`,
              GIT_CONFIG_GLOBAL: join(cwd, 'gitconfig'),
              NO_COLOR: '1',
            },
          })
        put('gitconfig', '[user]\nname = a\nemail = a@a.example\n[init]\ndefaultBranch = main\n')
        put('bin/npx', `#!/bin/sh\nshift\nexec ${process.execPath} ${join(root, 'dist/cli.js')} "$@"\n`)
        put('site/hugo.toml', hugo)
        putPosts('site/content/blog')
        expect(at('.', 'chmod +x bin/npx; git init -q --bare origin.git').status).toBe(0)
        expect(at('site', 'npx weekloom init --yes --no-build; git init -q; git add -A; git commit -qm site').status).toBe(0)
        expect(at('site', 'git push -q ../origin.git main; cd ..; git clone -q origin.git one; git clone -q origin.git other').status).toBe(
          0,
        )
        const keep = workflowOf('site/.github/workflows/weekloom.yml').jobs.feeds.steps.at(-1).run
        put('one/content/blog/loom-weekly-20240101/index.md', '---\ntitle: One of the new year\ndate: 2024-01-01\n---\n')
        put('other/content/blog/loom-weekly-20240108/index.md', '---\ntitle: Other of the new year\ndate: 2024-01-08\n---\n')
        for (const clone of ['one', 'other']) {
          expect(at(clone, 'git add content; git commit -qm post; npx weekloom build --frozen').status).toBe(0)
          expect(at(clone, keep)).toMatchObject({ status: 0 })
        }
        const feed = at('.', 'git -C origin.git show main:static/feeds/issues/feed.json').stdout
        expect(JSON.parse(feed).items.map(({ title }: { title: string }) => title)).toEqual(
          expect.arrayContaining(['One of the new year', 'Other of the new year']),
        )
        expect(at('other', keep).status).toBe(0)
        expect(at('other', 'git status --short --branch').stdout).toBe('## main...origin/main\n')
      },
    )
  })
})
