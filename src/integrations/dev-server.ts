import { isOwnHost } from '../serve/guard-host.js'
import type { PluginOptions } from './plugin-options.js'
import { loadSteps } from './site-feeds.js'
import type { Middleware } from './site-preview.js'

/** The parts of a server of Vite that are used. */
export interface DevServer {
  config: { server: { host?: string | boolean; allowedHosts?: true | string[] } }
  middlewares: { use(middleware: Middleware): unknown }
}

/** Shows the feeds in a development server of Vite. */
export function preview(options: PluginOptions, { root, base }: { root: string; base: string }, { config, middlewares }: DevServer): void {
  // Tests run in a server that nobody asks for feeds.
  if (process.env['VITEST'] !== undefined) return
  const { host, allowedHosts = [] } = config.server
  const names = [...(typeof host === 'string' ? [host] : []), ...(allowedHosts === true ? [] : allowedHosts)]
  // The newer ones of Vite look themselves, the older do not.
  const isAllowed = (asked: string) => allowedHosts === true || isOwnHost(asked, names)
  let opened: Promise<Middleware> | undefined
  const open = async () => (await loadSteps()).openSitePreview(options, { root, home: base, isAllowed })
  middlewares.use((message, answer, next) => {
    opened ??= open()
    opened.then(middleware => middleware(message, answer, next)).catch(next)
  })
}
