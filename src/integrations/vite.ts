/**
 * Feeds in a build of [Vite](https://vite.dev), and in what is built on it (VitePress, SvelteKit, Nuxt …): `plugins: [weekloom()]`.
 *
 * @module
 */
import type { DiscoveryLink } from '../feed/autodiscovery.js'
import type { PluginOptions } from './plugin-options.js'
import { loadSteps, siteFeeds } from './site-feeds.js'
import type { Middleware } from './site-preview.js'

export type { PluginOptions } from './plugin-options.js'

/** The parts of a server of Vite that the plugin uses. */
interface DevServer {
  middlewares: { use(middleware: Middleware): unknown }
  resolvedUrls: { local: string[] } | null
}

/** A tag as Vite puts it into a page. */
interface HeadTag {
  tag: 'link'
  attrs: Record<keyof DiscoveryLink, string>
  injectTo: 'head'
}

/** A plugin of Vite. */
export interface VitePlugin {
  name: 'weekloom'
  configResolved(config: { root: string; base: string; command: 'build' | 'serve' }): void
  buildStart(): Promise<void>
  watchChange(): void
  configureServer(server: DevServer): void
  transformIndexHtml(): Promise<HeadTag[]>
}

/**
 * Makes the plugin. `vite build` writes the feeds first, into the `output` of the config, which should lie in the folder of public files (`public/feeds`), since Vite copies that
 * afterwards. A development server shows the feeds as the posts and the store give them at each request, under the path of `baseUrl`, with what is wrong at `problems` beside them; it
 * writes nothing and asks no network. `index.html` gets the tags by which readers find the feeds. Throws a `WeekloomError` for options that cannot be; a build that fails by
 * `failOn` fails the tool's.
 */
export default function weekloom(options: PluginOptions = {}): VitePlugin {
  const feeds = siteFeeds(options)
  let site = { root: process.cwd(), base: '/', isBuild: true }
  return {
    name: 'weekloom',
    configResolved({ root, base, command }) {
      site = { root, base, isBuild: command === 'build' }
    },
    async buildStart() {
      if (site.isBuild) await feeds.build(site.root)
    },
    watchChange: feeds.again,
    configureServer(server) {
      // Tests run in a server that nobody asks for feeds.
      if (process.env['VITEST'] !== undefined) return
      let opened: Promise<Middleware> | undefined
      const open = async () => (await loadSteps()).openSitePreview(options, site.root, site.base, () => server.resolvedUrls?.local[0])
      server.middlewares.use((message, answer, next) => {
        opened ??= open()
        opened.then(preview => preview(message, answer, next)).catch(next)
      })
    },
    async transformIndexHtml() {
      const { siteLinks } = await loadSteps()
      const links = await siteLinks(options, site.root)
      return links.map(attrs => ({ tag: 'link', attrs: { ...attrs }, injectTo: 'head' }))
    },
  }
}
