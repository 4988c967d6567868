import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { listConfigFiles } from '../build/config-files.js'
import { configNames, findConfig, loadConfig } from '../build/load-config.js'
import { WeekloomError } from '../problems.js'
import { isBelow } from '../run/is-below.js'
import type { Options } from '../run/options.js'
import { settleOptions } from '../run/settings.js'
import { findFiles, fixedFolder } from '../sources/find-files.js'
import type { PluginOptions } from './plugin-options.js'

/** Path of the config that a plugin goes by, if that is a file that is there. */
export function configFile({ config }: PluginOptions, root: string): string | undefined {
  if (typeof config === 'object') return undefined
  const found = config === undefined ? (findConfig(root) ?? findConfig(process.cwd())) : resolve(root, config)
  return found !== undefined && existsSync(found) ? found : undefined
}

/** The files that the config is made of; where there is none yet, the places where it is looked for. */
export function configPlaces(given: PluginOptions, root: string): string[] {
  if (typeof given.config === 'object') return []
  const file = configFile(given, root)
  if (file !== undefined) return listConfigFiles(file)
  return given.config === undefined ? configNames.map(name => join(root, name)) : [resolve(root, given.config)]
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

/** The files that feeds are made of: those of the config, and the posts; of a config that is mistaken its files alone. */
export async function sourceFiles(given: PluginOptions, root: string): Promise<string[]> {
  const options = await siteOptions(given, root).catch(() => undefined)
  const patterns = options?.sources.flatMap(({ files = [] }) => files) ?? []
  const posts = patterns.length === 0 ? [] : await findFiles(patterns, options?.cwd ?? root)
  return [...configPlaces(given, root), ...posts.map(({ absolutePath }) => absolutePath)]
}

/** The folders in which a new post may come up, as far as a tool can watch them without seeing what it or we write. */
export async function sourceFolders(given: PluginOptions, root: string): Promise<string[]> {
  const options = await siteOptions(given, root).catch(() => undefined)
  if (options === undefined) return []
  const { sources, cwd, output } = settleOptions(options)
  const written = [root, process.cwd(), output, ...(typeof options.store === 'object' ? [] : [resolve(cwd, options.store ?? '.weekloom')])]
  const folders = sources.flatMap(({ files = [] }) => files).map(pattern => resolve(cwd, fixedFolder(pattern)))
  return [...new Set(folders)].filter(folder => existsSync(folder) && !written.some(each => isBelow(folder, each)))
}
