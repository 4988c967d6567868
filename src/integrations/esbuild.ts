/**
 * Feeds in a build of [esbuild](https://esbuild.github.io): `plugins: [weekloom()]`.
 *
 * @module
 */
import { causeOf } from '../problems.js'
import type { PluginOptions } from './plugin-options.js'
import { siteFeeds } from './site-feeds.js'

export type { PluginOptions } from './plugin-options.js'

/** The parts of a build of esbuild that the plugin uses. */
interface Build {
  initialOptions: { absWorkingDir?: string }
  onStart(step: () => Promise<{ errors?: { text: string }[] }>): void
}

/** A plugin of esbuild. */
export interface EsbuildPlugin {
  name: 'weekloom'
  setup(build: Build): void
}

/**
 * Makes the plugin, which writes the feeds before the build, into the `output` of the config, and again before each that follows a change of a post or the config, without the network. The folder of the site is the
 * working folder of esbuild. Throws a `WeekloomError` for options that cannot be; a build that fails by `failOn` fails esbuild's.
 */
export default function weekloom(options: PluginOptions = {}): EsbuildPlugin {
  const feeds = siteFeeds(options)
  return {
    name: 'weekloom',
    setup({ initialOptions, onStart }) {
      let isWatching = false
      onStart(() =>
        feeds.before({ root: initialOptions.absWorkingDir ?? process.cwd(), isWatching }).then(
          () => {
            isWatching = true
            return {}
          },
          (error: unknown) => ({ errors: [{ text: causeOf(error) }] }),
        ),
      )
    },
  }
}
