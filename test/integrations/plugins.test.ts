import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import { describe, expect, it, vi } from 'vitest'
import astroPlugin from '../../src/integrations/astro.js'
import esbuildPlugin from '../../src/integrations/esbuild.js'
import type { PluginOptions } from '../../src/integrations/plugin-options.js'
import rollupPlugin from '../../src/integrations/rollup.js'
import vitePlugin from '../../src/integrations/vite.js'
import webpackPlugin from '../../src/integrations/webpack.js'
import { feeds } from '../../src/sources/feeds.js'
import { site, useSite } from './site.js'

useSite()

/** What webpack is for a plugin, and the steps that it takes. */
function compilerAt(context: string) {
  const steps: Record<string, () => Promise<unknown>> = {}
  const compilation = { errors: [] as Error[], fileDependencies: new Set<string>(), contextDependencies: new Set<string>() }
  const hook = (name: string) => ({
    tapPromise: (_: string, step: (value: typeof compilation) => Promise<void>) => (steps[name] = () => step(compilation)),
  })
  const hooks = {
    beforeRun: hook('beforeRun'),
    watchRun: hook('watchRun'),
    afterCompile: hook('afterCompile'),
    afterEmit: hook('afterEmit'),
  }
  const take = (name: string) => () => steps[name]?.() ?? Promise.reject(new Error(`Nothing is done at ${name}.`))
  return {
    compiler: { context, outputPath: join(context, 'dist'), hooks },
    compilation,
    steps: { beforeRun: take('beforeRun'), watchRun: take('watchRun'), afterCompile: take('afterCompile'), afterEmit: take('afterEmit') },
  }
}

/** What Rollup is for a step of a plugin. */
const rollup = (watchMode = false) => {
  const watched: string[] = []
  return { meta: { watchMode }, watched, addWatchFile: (path: string) => void watched.push(path) }
}

/** A build of each tool in the folder of the site; of those that are not installed here, the steps that they take. */
const tools: Record<string, (options: PluginOptions) => Promise<unknown>> = {
  async vite(options) {
    site.put('index.html', '<!doctype html><head><title>Site</title></head><script type="module" src="/main.js"></script>')
    await vite({ root: site.root, logLevel: 'silent', configFile: false, plugins: [vitePlugin(options)] })
  },
  async esbuild(options) {
    await esbuild({
      absWorkingDir: site.root,
      entryPoints: ['main.js'],
      outdir: 'dist',
      logLevel: 'silent',
      plugins: [esbuildPlugin(options)],
    })
  },
  async webpack(options) {
    const { steps, compiler } = compilerAt(site.root)
    webpackPlugin(options).apply(compiler)
    await steps.beforeRun()
    await steps.afterEmit()
  },
}
const feed = () => readFileSync(join(site.root, 'public/feeds/rss.xml'), 'utf8')

describe.each(Object.entries(tools))('the plugin for %s', (_, run) => {
  it('writes the feeds before the tool builds', async () => {
    site.put('main.js', 'console.log(1)')
    await run({ config: site.config() })
    expect(feed()).toContain('<title>Weekly 1</title>')
    expect(site.said()).toMatch(/entries +feed 2/)
  })

  it('takes the config that stands in the folder of the site', async () => {
    site.put('main.js', 'console.log(1)')
    site.put(
      'weekloom.config.json',
      '{ "site": { "title": "Loom", "url": "https://loomstack.example/" }, "sources": [{ "weekly": "posts/*.md" }], "network": "frozen" }',
    )
    await run({})
    expect(feed()).toContain('<title>Weekly 1</title>')
  })

  it('ends the build of the tool in words where there is no config, or a mistaken one', async () => {
    site.put('main.js', 'console.log(1)')
    await expect(run({ config: 'weekloom.config.json' })).rejects.toThrow(/There is no config file .*weekloom\.config\.json.*init/)
    site.put('weekloom.config.json', '{ "site": { "titel": "Loom" } }')
    await expect(run({})).rejects.toThrow(/weekloom\.config\.json:1 .*titel.*did you mean title/)
    expect(existsSync(join(site.root, 'public'))).toBe(false)
  })

  it('ends the build of the tool where the policy of the config says so', async () => {
    site.put('main.js', 'console.log(1)')
    await expect(run({ config: site.config({ failOn: [{ entriesBelow: 5 }] }) })).rejects.toThrow('failed by the policy')
    expect(site.said()).toContain('the run failed by its policy')
  })
})

it('the plugin for Vite puts the tags by which readers find the feeds into pages, and Vite copies the feeds', async () => {
  site.put('main.js', 'console.log(1)')
  await tools['vite']?.({ config: site.config() })
  const page = readFileSync(join(site.root, 'dist/index.html'), 'utf8')
  expect(page).toContain(
    '<link rel="alternate" type="application/atom+xml" title="Loom" href="https://loomstack.example/club/feeds/atom.xml">',
  )
  expect(readFileSync(join(site.root, 'dist/feeds/rss.xml'), 'utf8')).toBe(feed())
})

it.each([
  ['Vite', 'vite'],
  ['webpack', 'webpack'],
])('%s is let write first where the feeds lie in its own folder, which it empties', async (_, name) => {
  site.put('main.js', 'console.log(1)')
  site.put('dist/old.txt', 'old')
  await tools[name]?.({ config: site.config({ output: 'dist/feeds' }) })
  expect(readFileSync(join(site.root, 'dist/feeds/rss.xml'), 'utf8')).toContain('<title>Weekly 1</title>')
  expect(existsSync(join(site.root, 'dist/old.txt'))).toBe(name === 'webpack')
})

it('tags that a page has already are not put into it once more', async () => {
  const tag = '<link rel="alternate" type="application/atom+xml" title="Ours" href="https://loomstack.example/club/feeds/atom.xml">'
  const plugin = vitePlugin({ config: site.config() })
  const hrefs = async (page: string) => (await plugin.transformIndexHtml(page)).map(({ attrs }) => attrs.href.replace(/.*\//, ''))
  expect(await hrefs(`<!doctype html><head>${tag}</head>`)).toEqual(['rss.xml', 'feed.json'])
  expect(await hrefs('<!doctype html><link rel=alternate href=/club/feeds/rss.xml>')).toEqual(['atom.xml', 'feed.json'])
  expect(await hrefs('<a href="https://loomstack.example/club/feeds/atom.xml">Atom</a>')).toHaveLength(3)
})

it('a plugin builds once for a tool that builds for browser and server, and again when a post has changed', async () => {
  const plugin = rollupPlugin({ config: { ...site.config(), cwd: site.root } })
  await Promise.all([plugin.buildStart.call(rollup()), plugin.buildStart.call(rollup())])
  expect(site.said().split('entries')).toHaveLength(2)
  site.issue(2)
  await plugin.buildStart.call(rollup())
  expect(feed()).toContain('<title>Weekly 2</title>')
})

it('a site that a process builds again, by whichever plugin, asks no network a second time, and is quiet where nothing has changed', async () => {
  let asked = 0
  const server = createServer((_, answer) => {
    asked++
    answer.setHeader('content-type', 'application/rss+xml').end('<rss version="2.0"><channel><title>Other</title></channel></rss>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  const config = { ...site.config({ network: 'auto', sources: [feeds([url])], fetch: { allowPrivate: true } }), cwd: site.root }
  const said: string[] = []
  for (let time = 0; time < 2; time++) {
    await rollupPlugin({ config }).buildStart.call(rollup())
    said.push(site.said())
  }
  server.close()
  expect([asked, said[0] === '', said[1] === said[0]]).toEqual([1, false, true])
})

it('a plugin tries again what has failed when the tool builds the next time', async () => {
  const plugin = rollupPlugin({ config: join(site.root, 'weekloom.config.json') })
  await expect(plugin.buildStart.call(rollup())).rejects.toThrow('There is no config file')
  site.put('weekloom.config.json', JSON.stringify({ ...site.config(), sources: [{ weekly: 'posts/*.md' }], store: '.weekloom' }))
  await plugin.buildStart.call(rollup())
  expect(feed()).toContain('<title>Weekly 1</title>')
})

it('while Rollup watches, posts and config are watched, those of a config that is mistaken too', async () => {
  site.put('weekloom.config.json', '{ "sitee": {} }')
  const plugin = rollupPlugin({ config: join(site.root, 'weekloom.config.json') })
  const first = rollup(true)
  // The site's own files are watched once they were loaded.
  await plugin.buildStart.call(first)
  expect(() => plugin.buildEnd()).toThrow('did you mean site')
  expect(first.watched).toEqual([join(site.root, 'weekloom.config.json')])
  site.put('weekloom.config.json', JSON.stringify({ ...site.config(), sources: [{ weekly: 'posts/*.md' }], store: '.weekloom' }))
  const second = rollup(true)
  await plugin.buildStart.call(second)
  expect(() => plugin.buildEnd()).not.toThrow()
  expect(second.watched).toEqual(['weekloom.config.json', 'posts/weekly-1.md', 'posts'].map(path => join(site.root, path)))
})

it('while webpack watches, what fails is an error of the compilation, and posts and config are watched', async () => {
  site.put('weekloom.config.json', '{ "sitee": {} }')
  const { steps, compiler, compilation } = compilerAt(site.root)
  webpackPlugin().apply(compiler)
  await steps.watchRun()
  await steps.afterCompile()
  await steps.afterEmit()
  expect(compilation.errors.map(({ message }) => message)).toEqual([expect.stringContaining('did you mean site')])
  site.put('weekloom.config.json', JSON.stringify({ ...site.config(), sources: [{ weekly: 'posts/*.md' }], store: '.weekloom' }))
  await steps.watchRun()
  await steps.afterCompile()
  expect(compilation.errors).toHaveLength(1)
  expect([...compilation.fileDependencies]).toContain(join(site.root, 'posts/weekly-1.md'))
  expect([...compilation.contextDependencies]).toEqual([join(site.root, 'posts')])
  expect(feed()).toContain('<title>Weekly 1</title>')
})

it('while webpack watches, a policy that fails behind it is an error of the compilation as well', async () => {
  const { steps, compiler, compilation } = compilerAt(site.root)
  webpackPlugin({ config: site.config({ output: 'dist/feeds', failOn: [{ entriesBelow: 5 }] }) }).apply(compiler)
  await steps.watchRun()
  await steps.afterEmit()
  expect(compilation.errors.map(({ message }) => message)).toEqual([expect.stringContaining('failed by the policy')])
  await steps.beforeRun()
  await expect(steps.afterEmit()).resolves.toBeUndefined()
})

it('a build that comes a minute after another asks the network again', async () => {
  const steps: string[] = []
  const config = { ...site.config({ network: 'auto', onProgress: ({ step }) => void steps.push(step) }), cwd: site.root }
  const now = vi.spyOn(performance, 'now')
  const begun = performance.now()
  const plugin = rollupPlugin({ config, network: 'frozen' })
  const counts: number[] = []
  for (const after of [0, 1000, 100_000]) {
    now.mockReturnValue(begun + after)
    await plugin.buildStart.call(rollup())
    counts.push(steps.length)
  }
  expect(counts[1]).toBe(counts[0])
  expect(counts[2]).toBeGreaterThan(counts[0] ?? 0)
})

it('options that are given to a plugin themselves hear of the progress', async () => {
  const steps = new Set<string>()
  const config = { ...site.config({ onProgress: ({ step }) => void steps.add(step) }), cwd: site.root }
  await rollupPlugin({ config }).buildStart.call(rollup())
  expect([...steps]).toEqual(['read', 'write'])
})

it('the integration for Astro writes feeds that lie in its own folder last, all others first', async () => {
  for (const output of ['public/feeds', 'dist/feeds']) {
    const { hooks } = astroPlugin({ config: site.config({ output }) })
    const place = (folder: string) => pathToFileURL(join(site.root, folder))
    hooks['astro:config:done']({ config: { root: place('.'), outDir: place('dist/'), base: '/' } })
    await hooks['astro:build:start']()
    const isFirst = existsSync(join(site.root, output, 'rss.xml'))
    await hooks['astro:build:done']()
    expect([output, isFirst, existsSync(join(site.root, output, 'rss.xml'))]).toEqual([output, output === 'public/feeds', true])
  }
})

it('the integration for Astro shows the feeds in the development server alone', () => {
  const added = (command: 'dev' | 'build' | 'preview' | 'sync') => {
    const names: string[] = []
    const { hooks } = astroPlugin({ config: site.config() })
    hooks['astro:config:setup']({ command, updateConfig: ({ vite }) => names.push(...vite.plugins.map(({ name }) => name)) })
    return names
  }
  expect([added('build'), added('dev'), added('preview'), added('sync')]).toEqual([[], ['weekloom'], [], []])
})

it('the network that a plugin is given goes before that of the config', async () => {
  await rollupPlugin({ config: { ...site.config({ network: 'auto' }), cwd: site.root }, network: 'frozen' }).buildStart.call(rollup())
  expect(site.said()).toMatch(/0 fetched.*1 waiting/)
})

it.each([
  ['options of a run beside the config', { sources: [] }, 'The plugin has no option sources.'],
  ['a network that is none', { network: 'freezed' }, 'network'],
  ['a config that is none', { config: 1 }, 'a path, or the options themselves'],
])('a plugin refuses %s', (_, options, message) => {
  for (const plugin of [vitePlugin, rollupPlugin, webpackPlugin, esbuildPlugin, astroPlugin])
    expect(() => Reflect.apply(plugin, undefined, [options])).toThrow(message)
})
