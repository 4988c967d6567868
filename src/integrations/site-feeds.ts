import { assertPluginOptions, type PluginOptions, type ToolBuild } from './plugin-options.js'

/** The feeds of a site, as a plugin of its tool makes them. Both reject with what stopped them: misuse is told in words, without a stack. */
export interface SiteFeeds {
  /**
   * Writes the feeds, as `weekloom build` does, before the tool copies its folder of public files. Not again for a tool that builds several times over, for browser and server, nor
   * while a tool watches and posts and config are the same.
   */
  before(build: ToolBuild): Promise<void>
  /** Writes them once the tool has written, where they lie in its own folder. */
  after(build: ToolBuild): Promise<void>
}

/** What plugins stand on. It is loaded when it is wanted, since tools load their plugins at every start; always as ESM, which knows where it stands. */
export const loadSteps = async () => (await import('./plugin-steps.js')).steps

/** Makes what a plugin needs. Throws a `WeekloomError` for options that cannot be. */
export function siteFeeds(given: PluginOptions): SiteFeeds {
  assertPluginOptions(given)
  let last: { look: string; done: Promise<void>; at?: number } | undefined
  return {
    async before(build) {
      const { buildFeeds, isOneBuild, lookAt } = await loadSteps()
      const look = await lookAt(given, build.root)
      if (last?.look !== look || !(build.isWatching || isOneBuild(last.at))) last = { look, done: buildFeeds(given, build, 'before') }
      const own = last
      try {
        await own.done
        own.at ??= performance.now()
      } catch (error) {
        // What has failed is tried again when the tool builds the next time.
        if (last === own) last = undefined
        throw error
      }
    },
    async after(build) {
      const { buildFeeds } = await loadSteps()
      await buildFeeds(given, build, 'after')
    },
  }
}
