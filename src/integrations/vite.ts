/**
 * Feeds in a build of [Vite](https://vite.dev), and in what is built on it (VitePress, SvelteKit, Nuxt …): `plugins: [weekloom()]`.
 *
 * @module
 */
import { resolve } from 'node:path'
import type { DiscoveryLink } from '../feed/autodiscovery.js'
import { type DevServer, preview } from './dev-server.js'
import { failLater } from './fail-later.js'
import type { PluginOptions } from './plugin-options.js'
import { loadSteps, siteFeeds } from './site-feeds.js'
import { type Watcher, watchSources } from './watch-sources.js'

export type { PluginOptions } from './plugin-options.js'

/** A tag as Vite puts it into a page. */
interface HeadTag {
  tag: 'link'
  attrs: Record<keyof DiscoveryLink, string>
  injectTo: 'head'
}

/** A plugin of Vite. */
export interface VitePlugin {
  name: 'weekloom'
  enforce: 'pre'
  configResolved(config: { root: string; base: string; command: 'build' | 'serve'; build: { outDir: string } }): void
  buildStart(this: Watcher): Promise<void>
  buildEnd(error?: Error): void
  writeBundle(this: Watcher, options: { dir?: string | undefined }): Promise<void>
  configureServer(server: DevServer): void
  transformIndexHtml(html: string): Promise<HeadTag[]>
}

/**
 * Makes the plugin. `vite build` writes the feeds into the `output` of the config: first, where that lies in the folder of public files (`public/feeds`), which Vite copies afterwards; last, where
 * it lies in Vite's own folder (`dist/feeds`), which Vite empties before. A development server shows the feeds as the posts and the store give them at each request, under the path of `baseUrl`, with what is
 * wrong at `problems` beside them; it writes nothing and asks no network. `index.html` gets the tags by which readers find the feeds, unless it has them. Throws a `WeekloomError` for options that cannot be; a
 * build that fails by `failOn` fails the tool's.
 */
export default function weekloom(options: PluginOptions = {}): VitePlugin {
  const feeds = siteFeeds(options)
  const { attempt, buildEnd } = failLater()
  let site = { root: process.cwd(), base: '/', out: '', isBuild: true }
  return {
    name: 'weekloom',
    // Before what serves the files of the last build.
    enforce: 'pre',
    configResolved({ root, base, command, build }) {
      site = { root, base, out: resolve(root, build.outDir), isBuild: command === 'build' }
    },
    async buildStart() {
      if (!site.isBuild) return
      const isWatching = this.meta.watchMode
      await watchSources(this, options, site.root)
      await attempt(feeds.before({ ...site, isWatching }), isWatching)
    },
    buildEnd,
    async writeBundle({ dir = site.out }) {
      await feeds.after({ ...site, out: dir, isWatching: this.meta.watchMode })
    },
    configureServer: server => preview(options, site, server),
    async transformIndexHtml(html) {
      const { siteLinks } = await loadSteps()
      const links = await siteLinks(options, site.root, html)
      return links.map(attrs => ({ tag: 'link', attrs: { ...attrs }, injectTo: 'head' }))
    },
  }
}
