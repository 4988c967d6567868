import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { WeekloomError } from '../problems.js'
import { locateKey } from './locate-key.js'
import { isTable, readConfig } from './read-config.js'

/** A config with what it extends merged into it. */
export interface ExtendedConfig {
  options: unknown
  /** All files that were read, the config itself first. */
  files: readonly string[]
}

/** Reads a config and, for its `extends`, the files that it starts from: tables are merged key by key, everything else is replaced. */
export async function readExtended(file: string, chain: readonly string[] = []): Promise<ExtendedConfig> {
  if (chain.includes(file)) throw new WeekloomError(`${[...chain, file].join(' extends ')}.`, 'Remove one of these `extends`.')
  const own = await readConfig(file)
  if (!isTable(own) || own['extends'] === undefined) return { options: own, files: [file] }
  const { extends: bases, ...options } = own
  const files = [file]
  let merged: unknown = {}
  for (const base of [bases].flat()) {
    if (typeof base !== 'string') throw new WeekloomError(`${file}: extends must be a path, the name of a package, or a list of them.`)
    const extended = await readExtended(findBase(base, file), [...chain, file])
    files.push(...extended.files)
    merged = mergeTables(merged, extended.options)
  }
  return { options: mergeTables(merged, options), files }
}

function findBase(name: string, from: string): string {
  const path = resolve(dirname(from), name)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile()) return path
  if (found) throw new WeekloomError(`${locateKey([from], 'extends')} extends ${name}, which is a folder.`, 'Name the config file in it.')
  try {
    return createRequire(from).resolve(name)
  } catch {
    throw new WeekloomError(`${from} extends ${name}, which is neither a file beside it nor a package.`, 'Correct the path in `extends`.')
  }
}

function mergeTables(base: unknown, own: unknown): unknown {
  if (!isTable(base) || !isTable(own)) return own === undefined ? base : own
  return Object.fromEntries([...new Set([...Object.keys(base), ...Object.keys(own)])].map(key => [key, mergeTables(base[key], own[key])]))
}
