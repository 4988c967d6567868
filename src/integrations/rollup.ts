/**
 * Feeds in a build of [Rollup](https://rollupjs.org) or [Rolldown](https://rolldown.rs): `plugins: [weekloom()]`.
 *
 * @module
 */

import { failLater } from './fail-later.js'
import type { PluginOptions } from './plugin-options.js'
import { siteFeeds } from './site-feeds.js'
import { type Watcher, watchSources } from './watch-sources.js'

export type { PluginOptions } from './plugin-options.js'

/** A plugin of Rollup. */
export interface RollupPlugin {
  name: 'weekloom'
  buildStart(this: Watcher): Promise<void>
  buildEnd(error?: Error): void
}

/**
 * Makes the plugin, which writes the feeds before the build, into the `output` of the config, and while Rollup watches again when a post or the config has changed, without the network. The folder of the
 * site is that in which Rollup was started. Throws a `WeekloomError` for options that cannot be; a build that fails by `failOn` fails Rollup's.
 */
export default function weekloom(options: PluginOptions = {}): RollupPlugin {
  const feeds = siteFeeds(options)
  const { attempt, buildEnd } = failLater()
  const root = process.cwd()
  return {
    name: 'weekloom',
    async buildStart() {
      const isWatching = this.meta.watchMode
      await watchSources(this, options, root)
      await attempt(feeds.before({ root, isWatching }), isWatching)
    },
    buildEnd,
  }
}
