import { readFile, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { causeOf } from '../problems.js'
import { errorCode } from '../store/whole-file.js'
import { isBelow } from './is-below.js'

/** The bytes of a picture that lies in a file, or why they cannot be had. Nothing outside of the working folder is read, wherever links lead. */
export async function readPictureFile(path: string, cwd: string, mostBytes: number): Promise<Uint8Array | string> {
  const outside = `${path} lies outside of the folder of the config.`
  try {
    if (!isBelow(cwd, resolve(cwd, path))) return outside
    const place = await realpath(resolve(cwd, path))
    if (!isBelow(await realpath(cwd), place)) return outside
    const found = await stat(place)
    if (!found.isFile()) return `${path} is no file.`
    return found.size > mostBytes ? `It has ${found.size} bytes; ${mostBytes} are the limit.` : new Uint8Array(await readFile(place))
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? `${path} is not there.` : causeOf(error)
  }
}
