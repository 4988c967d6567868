import { readFileSync } from 'node:fs'
import { readdir, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { assertInput } from '../text/assert-input.js'
import type { Store } from '../types.js'
import { createTurns } from './exclusive.js'
import { takeFileLock } from './file-lock.js'
import { hashText } from './hash-text.js'
import { findKeys, placeOf } from './key-path.js'
import { makeFolder } from './make-folder.js'
import { orUnusable } from './store-unusable.js'
import { errorCode, lockPrefix, patiently, removeAbandoned, writeWholeFile } from './whole-file.js'

/**
 * What git need not keep, line ends that make every machine write the same bytes, and that of two branches' versions of a file one stays whole: lines of both make no record.
 * Yours to change; one that is empty, cut short, or as an earlier version wrote it (which is a beginning of these texts) is written anew.
 */
const folderNotes: Readonly<Record<string, string>> = {
  '.gitignore': '# Can be fetched or made again, belongs to a run that goes on, or was put aside.\n/cache/\n/damaged/\n.tmp-*\n.lock-*\n',
  '.gitattributes': '* text eol=lf\n# A merge takes no lines of both branches, but the file of one.\n* -merge\n',
}

/**
 * A store in a folder, one file a key, that can be kept in git: names that people can read and that differ on every system,
 * whole files at every moment, and no write where nothing changed. Several processes may use it at once.
 *
 * Its functions throw a `WeekloomError` (`STORE_UNUSABLE`) when the folder cannot be read or written.
 *
 * @param folder made when the first text is kept
 */
export function fileStore(folder: string): Store {
  assertInput(typeof folder === 'string', 'The folder of the store', folder, 'a text')
  const root = resolve(folder)
  const takeTurn = createTurns()
  const ready = new Map<string, Promise<void>>()

  /** Makes a folder and clears it of left-overs, once. */
  const prepare = (path: string): Promise<void> => {
    const known = ready.get(path)
    if (known) return known
    const made = path === root ? makeRoot(root) : prepare(root).then(() => makeClear(path))
    ready.set(path, made)
    made.catch(() => ready.delete(path))
    return made
  }

  /** Does the work on a file whose folder is there; once more if somebody removed the folder since. */
  const withFolder = async <T>(path: string, work: (path: string) => Promise<T>): Promise<T> => {
    await prepare(dirname(path))
    try {
      return await work(path)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
      ready.clear()
      await prepare(dirname(path))
      return work(path)
    }
  }

  const read = async (path: string) => (await orUnusable('read', join(root, path), readIfThere))?.toString()

  return {
    async get(key) {
      const { path, header } = placeOf(key)
      const text = await read(path)
      return text?.startsWith(header) ? text.slice(header.length) : undefined
    },

    async set(key, value) {
      const { path, header } = placeOf(key)
      const bytes = Buffer.from(header + value)
      await orUnusable('written', join(root, path), async file => {
        if (!(await readIfThere(file))?.equals(bytes)) await withFolder(file, () => writeWholeFile(file, bytes))
      })
    },

    async remove(key) {
      await orUnusable('removed', join(root, placeOf(key).path), async file => {
        await patiently(() => unlink(file)).catch(ignoreAbsent)
      })
    },

    async *keys(prefix) {
      yield* await findKeys(prefix, folder => listFiles(root, folder), read)
    },

    placeOf: key => join(root, placeOf(key).path),

    async exclusively(name, work) {
      return takeTurn(name, async () => {
        const lock = join(root, `${lockPrefix}${hashText(name, 20)}`)
        const letGo = await orUnusable('written', lock, path => withFolder(path, takeFileLock))
        try {
          return await work()
        } finally {
          await orUnusable('removed', lock, letGo)
        }
      })
    },
  }
}

async function makeRoot(root: string): Promise<void> {
  await makeClear(root)
  for (const [name, text] of Object.entries(folderNotes)) {
    const path = join(root, name)
    const there = (await readIfThere(path))?.toString() ?? ''
    if (there !== text && text.startsWith(there)) await writeWholeFile(path, Buffer.from(text))
  }
}

async function makeClear(path: string): Promise<void> {
  makeFolder(path)
  await removeAbandoned(path)
}

/** Read on this thread: for small local files eight times as fast as asking the thread pool for each. */
async function readIfThere(path: string): Promise<Buffer | undefined> {
  return patiently(() => readFileSync(path)).catch(ignoreAbsent)
}

/** Paths of all files below a folder of the store, with `/` on every system. */
async function listFiles(root: string, start: string): Promise<string[]> {
  const files: string[] = []
  const folders = [start]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await orUnusable('read', join(root, folder), path => readdir(path, { withFileTypes: true }).catch(ignoreAbsent))
    for (const entry of entries ?? []) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else files.push(path)
    }
  }
  return files
}

function ignoreAbsent(error: unknown): undefined {
  if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error))) throw error
}
