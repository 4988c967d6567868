import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import { describe, expect, it } from 'vitest'
import astroPlugin from '../../src/integrations/astro.js'
import esbuildPlugin from '../../src/integrations/esbuild.js'
import type { PluginOptions } from '../../src/integrations/plugin-options.js'
import rollupPlugin from '../../src/integrations/rollup.js'
import vitePlugin from '../../src/integrations/vite.js'
import webpackPlugin from '../../src/integrations/webpack.js'
import { site, useSite } from './site.js'

useSite()

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
    const steps: (() => Promise<void>)[] = []
    const hook = { tapPromise: (_: string, step: () => Promise<void>) => steps.push(step) }
    webpackPlugin(options).apply({ context: site.root, hooks: { beforeRun: hook, watchRun: { tapPromise: () => {} } } })
    for (const step of steps) await step()
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

it('a plugin builds once for a tool that builds for browser and server, and again when a file has changed', async () => {
  const plugin = rollupPlugin({ config: { ...site.config(), cwd: site.root } })
  await Promise.all([plugin.buildStart(), plugin.buildStart()])
  const { mtimeMs } = statSync(join(site.root, 'public/feeds/rss.xml'))
  site.issue(2)
  await plugin.buildStart()
  expect(statSync(join(site.root, 'public/feeds/rss.xml')).mtimeMs).toBe(mtimeMs)
  plugin.watchChange()
  await plugin.buildStart()
  expect(feed()).toContain('<title>Weekly 2</title>')
})

it('a plugin tries again what has failed when the tool builds the next time', async () => {
  const plugin = rollupPlugin({ config: join(site.root, 'weekloom.config.json') })
  await expect(plugin.buildStart()).rejects.toThrow('There is no config file')
  site.put('weekloom.config.json', JSON.stringify({ ...site.config(), sources: [{ weekly: 'posts/*.md' }], store: '.weekloom' }))
  await plugin.buildStart()
  expect(feed()).toContain('<title>Weekly 1</title>')
})

it('options that are given to a plugin themselves hear of the progress', async () => {
  const steps = new Set<string>()
  await rollupPlugin({ config: { ...site.config({ onProgress: ({ step }) => void steps.add(step) }), cwd: site.root } }).buildStart()
  expect([...steps]).toEqual(['read', 'write'])
})

it('the integration for Astro adds the plugin for Vite to builds and the development server alone', () => {
  const added = (command: 'dev' | 'build' | 'preview' | 'sync') => {
    const names: string[] = []
    const { hooks } = astroPlugin({ config: site.config() })
    hooks['astro:config:setup']({ command, updateConfig: ({ vite }) => names.push(...vite.plugins.map(({ name }) => name)) })
    return names
  }
  expect([added('build'), added('dev'), added('preview'), added('sync')]).toEqual([['weekloom'], ['weekloom'], [], []])
})

it('the network that a plugin is given goes before that of the config', async () => {
  await rollupPlugin({ config: { ...site.config({ network: 'auto' }), cwd: site.root }, network: 'frozen' }).buildStart()
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
