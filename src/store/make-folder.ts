import { lstatSync, mkdirSync, readlinkSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode } from './whole-file.js'

/**
 * Makes a folder and those above it, one by one: asked for all at once, Node never comes back where the system answers that a
 * folder is not there whose parent is, as below `/proc`. Throws what the system says when it cannot be made.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (isFolder(path)) return
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Error(`${path} is a link to ${readlinkSync(path)}, where no folder is`, { cause: error })
    const parent = dirname(path)
    if (errorCode(error) !== 'ENOENT' || isFolder(parent) || parent === path) throw error
    makeFolder(parent)
    makeFolder(path)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
