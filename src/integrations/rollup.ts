/**
 * Feeds in a build of [Rollup](https://rollupjs.org) or [Rolldown](https://rolldown.rs): `plugins: [weekloom()]`.
 *
 * @module
 */
import type { PluginOptions } from './plugin-options.js'
import { siteFeeds } from './site-feeds.js'

export type { PluginOptions } from './plugin-options.js'

/** A plugin of Rollup. */
export interface RollupPlugin {
  name: 'weekloom'
  buildStart(): Promise<void>
  watchChange(): void
}

/**
 * Makes the plugin, which writes the feeds before each build, into the `output` of the config. The folder of the site is that in which Rollup was started. Throws a `WeekloomError` for
 * options that cannot be; a build that fails by `failOn` fails Rollup's.
 */
export default function weekloom(options: PluginOptions = {}): RollupPlugin {
  const feeds = siteFeeds(options)
  return { name: 'weekloom', buildStart: () => feeds.build(process.cwd()), watchChange: feeds.again }
}
