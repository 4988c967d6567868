import { resolve } from 'node:path'
import { isBelow } from './is-below.js'

/** The options that name the two folders. */
interface FolderOptions {
  cwd?: string | undefined
  output?: string | undefined
  store?: unknown
}

/** A folder that lies where another of the options must not have it. */
export interface EntangledFolder {
  path: string[]
  message: string
}

/**
 * Whether output and store lie in each other: feeds within the store would be taken for its records, and a store within the output folder would be published with it. An
 * output folder that holds the whole site has the store in it all the same.
 */
export function findEntangled({ cwd = process.cwd(), output = 'public/feeds', store = '.weekloom' }: FolderOptions): EntangledFolder[] {
  if (typeof store !== 'string' || store === '' || output === '') return []
  const [site, kept, written] = [resolve(cwd), resolve(cwd, store), resolve(cwd, output)]
  if (isBelow(kept, written)) return [{ path: ['output'], message: `must not lie in the store (${store})` }]
  if (isBelow(written, kept) && !isBelow(written, site))
    return [{ path: ['store'], message: `must not lie in the output folder (${output}), which is published` }]
  return []
}
