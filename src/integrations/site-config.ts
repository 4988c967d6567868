import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { findConfig, loadConfig } from '../build/load-config.js'
import { WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import type { PluginOptions } from './plugin-options.js'

/** Path of the config that a plugin goes by, if that is a file that is there. */
export function configFile({ config }: PluginOptions, root: string): string | undefined {
  if (typeof config === 'object') return undefined
  const found = config === undefined ? (findConfig(root) ?? findConfig(process.cwd())) : resolve(root, config)
  return found !== undefined && existsSync(found) ? found : undefined
}

/** The options that a plugin goes by. Throws a `WeekloomError` where there is no config. */
export async function siteOptions(given: PluginOptions, root: string): Promise<Options> {
  const file = configFile(given, root)
  const options =
    typeof given.config === 'object' ? { cwd: root, ...given.config } : file === undefined ? undefined : await loadConfig(file)
  if (options === undefined)
    throw new WeekloomError(
      given.config === undefined
        ? `There is no weekloom.config file in ${root}.`
        : `There is no config file ${resolve(root, String(given.config))}.`,
      'Run npx weekloom init to make one, or give its path as `config` to the plugin.',
    )
  return { ...options, ...(given.network === undefined ? {} : { network: given.network }) }
}
