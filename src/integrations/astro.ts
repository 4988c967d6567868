/**
 * Feeds in a site of [Astro](https://astro.build): `integrations: [weekloom()]`.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { type DevServer, preview } from './dev-server.js'
import type { PluginOptions } from './plugin-options.js'
import { siteFeeds } from './site-feeds.js'

export type { PluginOptions } from './plugin-options.js'

/** What Astro hands to an integration when its config is set up, as far as it is used. */
interface Setup {
  command: 'dev' | 'build' | 'preview' | 'sync'
  updateConfig(config: { vite: { plugins: { name: string; enforce: 'pre'; configureServer(server: DevServer): void }[] } }): unknown
}

/** An integration of Astro. */
export interface AstroIntegration {
  name: 'weekloom'
  hooks: {
    'astro:config:setup'(setup: Setup): void
    'astro:config:done'(done: { config: { root: URL; outDir: URL; base: string } }): void
    'astro:build:start'(): Promise<void>
    'astro:build:done'(): Promise<void>
  }
}

/**
 * Makes the integration. `astro build` writes the feeds into the `output` of the config: first, where that lies in the folder of public files (`public/feeds`), which Astro copies afterwards; last, where it lies in
 * Astro's own folder (`dist/feeds`). The development server shows them as the plugin for Vite does. Throws a `WeekloomError` for options that cannot be; a build that fails by `failOn` fails Astro's.
 */
export default function weekloom(options: PluginOptions = {}): AstroIntegration {
  const feeds = siteFeeds(options)
  let site = { root: process.cwd(), base: '/', out: '' }
  return {
    name: 'weekloom',
    hooks: {
      'astro:config:setup'({ command, updateConfig }) {
        const plugin = { name: 'weekloom', enforce: 'pre', configureServer: (server: DevServer) => preview(options, site, server) } as const
        if (command === 'dev') updateConfig({ vite: { plugins: [plugin] } })
      },
      'astro:config:done'({ config: { root, outDir, base } }) {
        site = { root: fileURLToPath(root), base: base.endsWith('/') ? base : `${base}/`, out: fileURLToPath(outDir) }
      },
      'astro:build:start': () => feeds.before(site),
      'astro:build:done': () => feeds.after(site),
    },
  }
}
