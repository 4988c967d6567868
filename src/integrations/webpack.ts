/**
 * Feeds in a build of [webpack](https://webpack.js.org) or [Rspack](https://rspack.rs): `plugins: [weekloom()]`.
 *
 * @module
 */
import type { PluginOptions } from './plugin-options.js'
import { siteFeeds } from './site-feeds.js'

export type { PluginOptions } from './plugin-options.js'

/** A step of a compiler, which plugins can put a step before. */
interface Hook {
  tapPromise(name: string, step: () => Promise<void>): unknown
}

/** The parts of a compiler of webpack or Rspack that the plugin uses. */
interface Compiler {
  context: string
  hooks: { beforeRun: Hook; watchRun: Hook }
}

/** A plugin of webpack and of Rspack. */
export interface WebpackPlugin {
  apply(compiler: Compiler): void
}

/**
 * Makes the plugin, which writes the feeds before the build, into the `output` of the config; while webpack watches, once at its start. The folder of the site is the `context` of webpack.
 * Throws a `WeekloomError` for options that cannot be; a build that fails by `failOn` fails webpack's.
 */
export default function weekloom(options: PluginOptions = {}): WebpackPlugin {
  const feeds = siteFeeds(options)
  return {
    apply({ context, hooks }) {
      const build = () => feeds.build(context)
      hooks.beforeRun.tapPromise('weekloom', build)
      hooks.watchRun.tapPromise('weekloom', build)
    },
  }
}
