/**
 * Feeds in a site of [Astro](https://astro.build): `integrations: [weekloom()]`.
 *
 * @module
 */
import type { PluginOptions } from './plugin-options.js'
import weekloomForVite, { type VitePlugin } from './vite.js'

export type { PluginOptions } from './plugin-options.js'

/** What Astro hands to an integration when its config is set up, as far as it is used. */
interface Setup {
  command: 'dev' | 'build' | 'preview' | 'sync'
  updateConfig(config: { vite: { plugins: VitePlugin[] } }): unknown
}

/** An integration of Astro. */
export interface AstroIntegration {
  name: 'weekloom'
  hooks: { 'astro:config:setup'(setup: Setup): void }
}

/**
 * Makes the integration: the plugin of Vite in the builds of Astro and in its development server. The `output` of the config should lie in Astro's folder of public files
 * (`public/feeds`). Throws a `WeekloomError` for options that cannot be; a build that fails by `failOn` fails Astro's.
 */
export default function weekloom(options: PluginOptions = {}): AstroIntegration {
  const plugin = weekloomForVite(options)
  return {
    name: 'weekloom',
    hooks: {
      'astro:config:setup'({ command, updateConfig }) {
        if (command === 'build' || command === 'dev') updateConfig({ vite: { plugins: [plugin] } })
      },
    },
  }
}
