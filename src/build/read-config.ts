import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { causeOf, WeekloomError } from '../problems.js'
import { articles } from '../sources/articles.js'
import { feeds } from '../sources/feeds.js'
import { opml } from '../sources/opml.js'
import { weekly } from '../sources/weekly.js'
import { decodeText } from '../text/decode-text.js'
import { nearestName } from '../text/nearest-name.js'
import type { Source } from '../types.js'
import { placeInUserCode } from './user-place.js'

/** What one config file gives, before anything is merged or checked. Throws a `WeekloomError` for a file that cannot be loaded. */
export async function readConfig(file: string): Promise<unknown> {
  return file.endsWith('.json') ? readJson(file) : importModule(file)
}

const loader = /[\\/]jiti[\\/]/

/** TypeScript and ESM through jiti, on every Node; `weekloom` is this very package, however the command was started. */
async function importModule(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  const jiti = createJiti(import.meta.url, { alias: { weekloom: fileURLToPath(import.meta.resolve('weekloom')) }, moduleCache: false })
  const config = await importDefault()
  if (typeof config === 'function' || config === null || isModule(config)) {
    throw new WeekloomError(
      `${file} exports ${typeof config === 'function' ? 'a function' : config === null ? 'null' : 'nothing by default'}.`,
      'Let it end in: export default defineConfig({ site: …, sources: … })',
    )
  }
  return config

  async function importDefault(): Promise<unknown> {
    try {
      return await jiti.import(file, { default: true })
    } catch (error) {
      // The config has a copy of this package of its own, so its errors are known by name.
      if (error instanceof Error && error.name === 'WeekloomError') throw error
      // The loader asks whatever a module exports whether it is a promise.
      if (
        error instanceof TypeError &&
        error.message === "Cannot read properties of null (reading 'then')" &&
        !placeInUserCode(error, loader)
      )
        return null
      const [said = ''] = causeOf(error).split('\nRequire stack:')
      const place = placeInUserCode(error, loader) ?? placeOfImport(said, file)
      throw new WeekloomError(`${place} cannot be loaded: ${said.replace(/\s+/g, ' ')}`, 'Correct the config file.', { cause: error })
    }
  }
}

/** The place at which a module is imported that cannot be found, the file alone where it names none. */
function placeOfImport(said: string, file: string): string {
  const name = /^Cannot find (?:module|package) '([^']{1,300})'/.exec(said)?.[1]
  const line =
    name === undefined
      ? -1
      : readFileSync(file, 'utf8')
          .split('\n')
          .findIndex(text => /['"]/.test(text) && text.includes(name))
  return line < 0 ? file : `${file}:${line + 1}`
}

/** What is given of a module that exports nothing by default: the module itself. */
function isModule(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Reflect.get(value, '__esModule') === true || Reflect.get(value, Symbol.toStringTag) === 'Module')
  )
}

/** What a JSON config writes in place of a call: `{ "weekly": "content/*.md", "timeZone": "Asia/Shanghai" }`. */
const sourcesByName: Readonly<Record<string, (value: string | string[], options: object) => Source>> = { weekly, articles, feeds, opml }

function readJson(file: string): unknown {
  let config: unknown
  let text = ''
  try {
    // Editors on Windows begin a file with a mark, and its shell writes UTF-16.
    text = decodeText(readFileSync(file)).replace(/^\u{feff}/u, '')
    config = JSON.parse(text)
  } catch (error) {
    throw new WeekloomError(`${file}${lineOf(error, text)} is not valid JSON: ${causeOf(error)}`, 'Correct the config file.')
  }
  if (!isTable(config)) return config
  // For editors alone.
  const { $schema: _, ...options } = config
  if (!Array.isArray(options['sources'])) return options
  return { ...options, sources: options['sources'].map(source => (isTable(source) ? sourceOf(source, file) : source)) }
}

/** `:3`, where the message names a position in the text; at the end of it, where it says that it ends too early. */
function lineOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const position = /position (\d{1,9})/.exec(message)?.[1] ?? (message.includes('end of JSON') ? text.length : undefined)
  return position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`
}

function sourceOf(description: Readonly<Record<string, unknown>>, file: string): Source {
  const [name, value] = Object.entries(description).find(([key]) => Object.hasOwn(sourcesByName, key)) ?? []
  const make = name === undefined ? undefined : sourcesByName[name]
  if (!make || name === undefined || !(typeof value === 'string' || isTextList(value))) {
    const names = Object.keys(sourcesByName)
    const [meant] = make ? [] : Object.keys(description).flatMap(key => nearestName(key, names) ?? [])
    throw new WeekloomError(
      `${file}: a source must be one of ${names.join(', ')} with a text or a list of texts${meant === undefined ? '.' : `; did you mean ${meant}?`}`,
      'Write it so: { "weekly": "content/blog/*weekly*.md", "url": "/blog/:slug/" }',
    )
  }
  const { [name]: _, ...options } = description
  return make(value, options)
}

/** Whether a value is a plain table of keys, not a list, a source or a store. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}
