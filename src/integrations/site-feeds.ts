import { assertPluginOptions, type PluginOptions } from './plugin-options.js'

/** The feeds of a site, as a plugin of its tool makes them. */
export interface SiteFeeds {
  /**
   * Writes the feeds, as `weekloom build` does, before the tool copies its folder of public files. Once for a tool that builds several times over (for browser and server), until
   * `again` is called. Rejects with what stopped it: misuse is told in words, without a stack.
   */
  build(root: string): Promise<void>
  /** Lets the next `build` be one. */
  again(): void
}

/** What plugins stand on. It is loaded when it is wanted, since tools load their plugins at every start; always as ESM, which knows where it stands. */
export const loadSteps = async () => (await import('./plugin-steps.js')).steps

/** Makes what a plugin needs. Throws a `WeekloomError` for options that cannot be. */
export function siteFeeds(given: PluginOptions): SiteFeeds {
  assertPluginOptions(given)
  let done: Promise<void> | undefined
  return {
    build(root) {
      done ??= loadSteps()
        .then(({ buildFeeds }) => buildFeeds(given, root))
        .catch(error => {
          // What has failed is tried again when the tool builds the next time.
          done = undefined
          throw error
        })
      return done
    },
    again() {
      done = undefined
    },
  }
}
