import { WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { assertForm, aValue, oneOf, optionsOf } from '../text/form.js'

/** What the plugins for site tools take. */
export interface PluginOptions {
  /**
   * The config: the path of its file, from the folder of the site, or the options themselves.
   * @default the `weekloom.config.{ts,mts,js,mjs,json}` in the folder of the site, else in the folder that the tool was started in
   * @example 'config/weekloom.config.ts'
   */
  config?: string | Options
  /**
   * What a build may ask the network for, as in the config: `'frozen'` for nothing. A development server asks for nothing in any case.
   * @default that of the config
   */
  network?: 'auto' | 'frozen' | 'refresh'
}

/** A build of a tool, as its plugin knows it. */
export interface ToolBuild {
  /** Folder of the site. */
  root: string
  /** The tool's own folder, which it may empty when it builds. */
  out?: string
  /** Whether the tool goes on and builds again at each change. */
  isWatching?: boolean
}

const aConfig = aValue(
  'a path, or the options themselves',
  value => typeof value === 'string' || (typeof value === 'object' && value !== null),
)
const anyOptions = optionsOf<PluginOptions>(() => ({ config: aConfig, network: oneOf('auto', 'frozen', 'refresh') }))

/** Refuses what a plugin cannot go by with a `WeekloomError`. */
export function assertPluginOptions(options: PluginOptions): void {
  assertForm(options, anyOptions, 'The options of the plugin')
  const unknown = Object.keys(options).filter(name => name !== 'config' && name !== 'network')
  if (unknown.length > 0)
    throw new WeekloomError(
      `The plugin has no option ${unknown.join(', ')}.`,
      'It takes `config` and `network`; options of a run stand in the config, or in an object given as `config`.',
    )
}
