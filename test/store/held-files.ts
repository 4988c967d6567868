import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { afterEach, beforeEach, vi } from 'vitest'

/** How often the system lets a file be touched yet, and how often it refuses it then. */
interface Hold {
  lets: number
  refuses: number
}

const works = ['copyFileSync', 'linkSync', 'openSync', 'readFileSync', 'renameSync', 'rmSync', 'unlinkSync'] as const

/**
 * Has the tests of a file run as if on Windows. What is held by its path is refused as Windows refuses a file that another program
 * has open, with EBUSY.
 */
export function holdFiles(): (path: string, refuses: number, lets?: number) => void {
  const held = new Map<unknown, Hold>()
  beforeEach(() => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('win32')
    for (const name of works) {
      const work = fs[name]
      vi.spyOn(fs, name).mockImplementation((...args: unknown[]) => {
        for (const hold of args.flatMap(arg => held.get(arg) ?? [])) {
          if (hold.lets > 0) hold.lets--
          else if (hold.refuses > 0) {
            hold.refuses--
            throw Object.assign(new Error(`EBUSY: resource busy or locked, ${name}`), { code: 'EBUSY' })
          }
        }
        return Reflect.apply(work, fs, args)
      })
    }
    syncBuiltinESMExports()
  })
  afterEach(() => {
    held.clear()
    vi.restoreAllMocks()
    syncBuiltinESMExports()
  })
  return (path, refuses, lets = 0) => held.set(path, { lets, refuses })
}
