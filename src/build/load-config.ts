import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { causeOf, WeekloomError } from '../problems.js'
import type { Options } from '../run/options.js'
import { explainMistake, findOptionMistakes } from '../run/options-schema.js'
import { articles } from '../sources/articles.js'
import { feeds } from '../sources/feeds.js'
import { weekly } from '../sources/weekly.js'
import type { Source } from '../types.js'

/** Names under which a config is looked for, in this order. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'json'].map(ending => `weekloom.config.${ending}`)

/** Path of the config in a folder, if there is one. */
export function findConfig(cwd: string): string | undefined {
  return configNames.map(name => join(cwd, name)).find(path => existsSync(path))
}

/**
 * Reads a config file. Relative paths in it start from its folder. Throws a `WeekloomError` that names file, line and
 * key of every mistake, and the name that was meant.
 */
export async function loadConfig(path: string): Promise<Options> {
  const file = resolve(path)
  if (!existsSync(file)) throw new WeekloomError(`There is no config file ${file}.`, 'Check the path given with --config.')
  const config = file.endsWith('.json') ? readJson(file) : await importModule(file)
  const mistakes = findOptionMistakes(config)
  if (mistakes.length > 0) {
    const text = readFileSync(file, 'utf8')
    const lines = mistakes.map(mistake => `${file}${linePlace(text, mistake.unknownKey ?? mistake.path)}  ${explainMistake(mistake)}`)
    throw new WeekloomError(lines.join('\n'), 'Correct the config file; every option is described where `Options` declares it.')
  }
  const options = config as Options
  return { ...options, cwd: options.cwd ?? dirname(file) }
}

/** TypeScript and ESM through jiti, on every Node; `weekloom` is this very package, however the command was started. */
async function importModule(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  const here = fileURLToPath(import.meta.url)
  const jiti = createJiti(here, { alias: { weekloom: join(dirname(here), 'index.js') }, moduleCache: false })
  try {
    return await jiti.import(file, { default: true })
  } catch (error) {
    if (error instanceof WeekloomError) throw error
    throw new WeekloomError(`${file} cannot be loaded: ${causeOf(error)}`, 'Correct the config file.', { cause: error })
  }
}

/** What a JSON config writes in place of a call: `{ "weekly": "content/*.md", "timeZone": "Asia/Shanghai" }`. */
const sourcesByName: Readonly<Record<string, (value: string | string[], options: object) => Source>> = { weekly, articles, feeds }

function readJson(file: string): unknown {
  let config: unknown
  try {
    config = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new WeekloomError(`${file} is not valid JSON: ${causeOf(error)}`, 'Correct the config file.')
  }
  if (!isRecord(config) || !Array.isArray(config['sources'])) return config
  return { ...config, sources: config['sources'].map(source => (isRecord(source) ? sourceOf(source, file) : source)) }
}

function sourceOf(description: Record<string, unknown>, file: string): Source {
  const [name, value] = Object.entries(description).find(([key]) => Object.hasOwn(sourcesByName, key)) ?? []
  const make = name === undefined ? undefined : sourcesByName[name]
  if (!make || name === undefined || !(typeof value === 'string' || isTextList(value))) {
    throw new WeekloomError(`${file}: a source must be one of ${Object.keys(sourcesByName).join(', ')} with a text or a list of texts.`)
  }
  const { [name]: _, ...options } = description
  return make(value, options)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

/** `:12` for the line in which the key stands, if it can be found. */
function linePlace(text: string, key: string): string {
  const name = key.split('.').at(-1) ?? key
  const line = text.split('\n').findIndex(each => new RegExp(`(^|[^\\w$])["']?${escapePattern(name)}["']?\\s*[:,(]`).test(each))
  return line < 0 ? '' : `:${line + 1}`
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
