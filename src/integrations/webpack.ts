/**
 * Feeds in a build of [webpack](https://webpack.js.org) or [Rspack](https://rspack.rs): `plugins: [weekloom()]`.
 *
 * @module
 */
import type { PluginOptions } from './plugin-options.js'
import { loadSteps, siteFeeds } from './site-feeds.js'

export type { PluginOptions } from './plugin-options.js'

/** A step of a compiler, to which plugins can add. */
interface Hook<T> {
  tapPromise(name: string, step: (value: T) => Promise<void>): unknown
}

/** What a compiler makes, as far as it is used. */
interface Compilation {
  errors: Error[]
  fileDependencies: { add(path: string): unknown }
  contextDependencies: { add(path: string): unknown }
}

/** The parts of a compiler of webpack or Rspack that the plugin uses. */
interface Compiler {
  context: string
  /** Its own folder, which it may empty. */
  outputPath: string
  hooks: { beforeRun: Hook<unknown>; watchRun: Hook<unknown>; afterCompile: Hook<Compilation>; afterEmit: Hook<Compilation> }
}

/** A plugin of webpack and of Rspack. */
export interface WebpackPlugin {
  apply(compiler: Compiler): void
}

/**
 * Makes the plugin, which writes the feeds into the `output` of the config: before the build, or after it, where that lies in the output folder of webpack, which may be emptied. While webpack watches, they are
 * written again when a post or the config has changed, without the network, and what fails is an error of the compilation. The folder of the site is the `context` of webpack. Throws a `WeekloomError` for options that
 * cannot be; a build that fails by `failOn` fails webpack's.
 */
export default function weekloom(options: PluginOptions = {}): WebpackPlugin {
  const feeds = siteFeeds(options)
  return {
    apply(compiler) {
      const { context: root, hooks } = compiler
      // Known once all plugins are there.
      const place = () => ({ root, out: compiler.outputPath })
      let isWatching = false
      let failure: Error | undefined
      hooks.beforeRun.tapPromise('weekloom', () => feeds.before(place()))
      hooks.watchRun.tapPromise('weekloom', async () => {
        isWatching = true
        failure = undefined
        await feeds.before({ ...place(), isWatching }).catch((error: Error) => {
          failure = error
        })
      })
      hooks.afterCompile.tapPromise('weekloom', async ({ errors, fileDependencies, contextDependencies }) => {
        if (failure !== undefined) errors.push(failure)
        if (!isWatching) return
        const { sourceFiles, sourceFolders } = await loadSteps()
        for (const path of await sourceFiles(options, root)) fileDependencies.add(path)
        for (const path of await sourceFolders(options, root)) contextDependencies.add(path)
      })
      hooks.afterEmit.tapPromise('weekloom', async ({ errors }) => {
        if (failure !== undefined) return
        await feeds.after({ ...place(), isWatching }).catch((error: Error) => {
          // What is rejected while it watches ends it, or leaves all who ask its server without an answer.
          if (!isWatching) throw error
          errors.push(error)
        })
      })
    },
  }
}
