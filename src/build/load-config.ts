import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { findOptionMistakes } from '../run/options-schema.js'
import { explainMistake, type OptionMistake, OptionsError } from '../sources/option-mistakes.js'
import { type ExtendedConfig, readExtended } from './extend-config.js'
import { locateKey } from './locate-key.js'
import { isTable } from './read-config.js'

/** Names under which a config is looked for, in this order. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'json'].map(ending => `weekloom.config.${ending}`)

/** Path of the config in a folder, if there is one. */
export function findConfig(cwd: string): string | undefined {
  return configNames.map(name => join(cwd, name)).find(path => existsSync(path))
}

/** The config of the nearest folder above that has one: somebody may be in a folder of the site. */
export function findConfigAbove(cwd: string): string | undefined {
  const above = dirname(cwd)
  return above === cwd ? undefined : (findConfig(above) ?? findConfigAbove(above))
}

/** Configs that stand beside the one that counts, and are not read. */
export function findUnread(path: string): string[] {
  const name = basename(path)
  return configNames.includes(name) ? configNames.filter(other => other !== name && existsSync(join(dirname(path), other))) : []
}

/** A file that was meant for a config and is none, by its name or its ending. */
export function findMisnamed(cwd: string): string | undefined {
  return readdirSync(cwd).find(name => /^\.?weekloom(?:rc|[.-]?conf(?:ig)?)(?:\.\w+)?$/i.test(name))
}

/** Overrides `images`, which can hold a secret: all other options stand in the config alone. */
const variable = 'WEEKLOOM_IMAGES'

/**
 * Reads a config file and what it extends. Relative paths in it start from its folder. Throws a `WeekloomError` that names
 * file, line and key of every mistake, and the name that was meant.
 */
export async function loadConfig(path: string, environment: NodeJS.ProcessEnv = process.env): Promise<Options> {
  const file = resolve(path)
  if (!existsSync(file)) throw new WeekloomError(`There is no config file ${file}.`, 'Check the path given with --config.')
  if (statSync(file).isDirectory())
    throw new WeekloomError(`${file} is a folder, not a config file.`, `Give ${findConfig(file) ?? 'the path of a file'} with --config.`)
  const { options, files } = await readConfigs(file)
  const config = isTable(options) ? { ...options, ...optionsOfEnvironment(environment) } : options
  assertIsOptions(config, files)
  return { ...config, cwd: config.cwd ?? dirname(file) }
}

async function readConfigs(file: string): Promise<ExtendedConfig> {
  try {
    return await readExtended(file)
  } catch (error) {
    // A source was made with options that cannot be.
    throw locateMistakes(error, [file])
  }
}

/** Mistakes in options with their file and line, also those that show only while the run goes on; every other error as it is. */
export function locateMistakes(error: unknown, files: readonly string[]): unknown {
  // The config has a copy of this package of its own, so its errors are known by what they have.
  const mistakes: unknown = error instanceof Error && 'mistakes' in error ? error.mistakes : undefined
  return Array.isArray(mistakes) ? mistakesIn(files, mistakes) : error
}

/** The options that the environment gives. A mistake in them is told of their variable: the config has no part in it. */
export function optionsOfEnvironment(environment: NodeJS.ProcessEnv = process.env): Pick<Options, 'images'> {
  const images = environment[variable]
  if (!images) return {}
  const mistake = findOptionMistakes({ images }).find(({ path }) => path === 'images')
  if (mistake)
    throw new WeekloomError(`The variable ${variable} ${mistake.message}.`, 'Correct the variable of the environment, or unset it.')
  return { images }
}

function assertIsOptions(config: unknown, files: readonly string[]): asserts config is Options {
  const mistakes = findOptionMistakes(config, ['extends'])
  if (mistakes.length > 0) throw mistakesIn(files, mistakes)
}

function mistakesIn(files: readonly string[], mistakes: readonly OptionMistake[]): OptionsError {
  return new OptionsError(mistakes, mistake => `${locateKey(files, mistake.path)}  ${explainMistake(mistake)}`)
}
