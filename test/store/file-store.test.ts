import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WeekloomError } from '../../src/problems.js'
import { fileStore } from '../../src/store/file-store.js'
import { hashText } from '../../src/store/hash-text.js'
import { writeWholeFile } from '../../src/store/whole-file.js'
import { collect, oddKeys, testStore } from './conformance.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

testStore('fileStore', () => fileStore(newFolder()))

describe('fileStore', () => {
  it('writes nothing before a text is kept', async () => {
    const folder = join(newFolder(), 'not/yet')
    const store = fileStore(folder)
    await store.get('a')
    await store.remove('a')
    expect(await collect(store.keys(''))).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  it('never leaves its folder, whatever the key', async () => {
    const outside = newFolder()
    const folder = join(outside, 'a/b/store')
    const store = fileStore(folder)
    for (const key of oddKeys) await store.set(key, 'x')
    expect(readdirSync(outside)).toEqual(['a'])
    expect(readdirSync(join(outside, 'a'))).toEqual(['b'])
    expect(readdirSync(join(outside, 'a/b'))).toEqual(['store'])
    expect(existsSync('/etc/absolute')).toBe(false)
  })

  it('gives keys that differ only by case files that differ by more', async () => {
    const folder = newFolder()
    for (const key of ['s/AbC', 's/abc', 's/ABC', 'S/abc']) await fileStore(folder).set(key, key)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(new Set(files.map(name => name.toLowerCase())).size).toBe(files.length)
  })

  it('touches no file when the text is there already', async () => {
    const folder = newFolder()
    const file = join(folder, 'a/b.json')
    await fileStore(folder).set('a/b.json', 'same')
    const long = new Date(0)
    utimesSync(file, long, long)
    const before = statSync(file)
    await fileStore(folder).set('a/b.json', 'same')
    const after = statSync(file)
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  it('leaves no temporary file behind', async () => {
    const folder = newFolder()
    const store = fileStore(folder)
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.set('same/key', String(index))))
    expect(readdirSync(join(folder, 'same'))).toEqual(['key.txt'])
    expect(readdirSync(folder).sort()).toEqual(['.gitattributes', '.gitignore', 'same'])
  })

  it('does not list the temporary files of others, and removes old ones and old locks', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a/.tmp-old'), 'half')
    writeFileSync(join(folder, 'a/.tmp-new'), 'half')
    utimesSync(join(folder, 'a/.tmp-old'), new Date(0), new Date(0))
    const store = fileStore(folder)
    expect(await collect(store.keys(''))).toEqual([])
    writeFileSync(join(folder, '.lock-old'), 'elsewhere 1 token')
    utimesSync(join(folder, '.lock-old'), new Date(0), new Date(0))
    await store.set('a/b', 'x')
    expect(readdirSync(join(folder, 'a')).sort()).toEqual(['.tmp-new', 'b.txt'])
    expect(existsSync(join(folder, '.lock-old'))).toBe(false)
  })

  it('tells git what not to keep, once: what a user changes there stays', async () => {
    const folder = newFolder()
    await fileStore(folder).set('a', 'x')
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toContain('\n/cache/\n')
    writeFileSync(join(folder, '.gitignore'), 'mine\n')
    await fileStore(folder).set('a', 'y')
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('mine\n')
  })

  it.each([
    ['empty', () => ''],
    ['cut short', (text: string) => text.slice(0, 50)],
    ['as an earlier version wrote it', (text: string, name: string) => (name === '.gitattributes' ? '* text eol=lf\n' : text)],
  ])('writes anew what it tells git where that is %s', async (_, change) => {
    const folder = newFolder()
    const names = ['.gitignore', '.gitattributes']
    const read = () => names.map(name => readFileSync(join(folder, name), 'utf8'))
    await fileStore(folder).set('a', 'x')
    const whole = read()
    names.forEach((name, index) => void writeFileSync(join(folder, name), change(whole[index] ?? '', name)))
    await fileStore(folder).set('a', 'y')
    expect(read()).toEqual(whole)
  })

  it('leaves files alone that it did not write', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'README.md'), 'mine')
    const store = fileStore(folder)
    await store.set('a', 'x')
    for await (const key of store.keys('')) await store.remove(key)
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine')
  })

  it('goes on when its folder is removed meanwhile', async () => {
    const folder = join(newFolder(), 'store')
    const store = fileStore(folder)
    await store.set('a/b', 'x')
    rmSync(folder, { recursive: true })
    expect(await store.get('a/b')).toBeUndefined()
    await store.set('a/b', 'y')
    expect(await store.get('a/b')).toBe('y')
    rmSync(folder, { recursive: true })
    expect(await store.exclusively?.('work', async () => 'done')).toBe('done')
  })

  it('says what is wrong with a folder that cannot be written', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    const store = fileStore(join(folder, 'file/store'))
    expect(await store.get('a')).toBeUndefined()
    const error = await store.set('a', 'x').catch((caught: unknown) => caught)
    if (!(error instanceof WeekloomError)) throw error
    expect(error.problem?.code).toBe('STORE_UNUSABLE')
    expect(error.message).toContain('a file stands where a folder should')
    expect(error.hint).toContain('store')
    await expect(store.exclusively?.('work', async () => 1)).rejects.toThrow(WeekloomError)
  })

  it('says what is wrong with a file that cannot be read', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'a.txt'))
    await expect(fileStore(folder).get('a')).rejects.toThrow('a folder stands where a file should')
    await expect(fileStore(folder).set('a', 'x')).rejects.toThrow('a folder stands where a file should')
  })

  it.skipIf(process.getuid?.() === 0)('says that this user may not write', async () => {
    const folder = newFolder()
    chmodSync(folder, 0o555)
    await expect(fileStore(folder).set('a', 'x')).rejects.toThrow('this user may not')
  })
})

describe('a whole file', () => {
  it('leaves nothing behind when it cannot be put in its place', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'taken/by/others'), { recursive: true })
    await expect(writeWholeFile(join(folder, 'taken'), Buffer.from('x'))).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
  })
})

describe('the lock of a file store', () => {
  it('lets one after another work, in this process and beyond', async () => {
    const folder = newFolder()
    const stores = [fileStore(folder), fileStore(folder), fileStore(folder)]
    let inside = 0
    let done = 0
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        stores[index % 3]?.exclusively?.('work', async () => {
          expect(++inside).toBe(1)
          await new Promise(resolve => setImmediate(resolve))
          inside--
          done++
        }),
      ),
    )
    expect(done).toBe(60)
    expect(readdirSync(folder).filter(name => name.startsWith('.lock-'))).toEqual([])
  })

  it('is let go when the work fails', async () => {
    const store = fileStore(newFolder())
    await expect(store.exclusively?.('work', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await store.exclusively?.('work', async () => 'yes')).toBe('yes')
  })

  it('of a process that was killed is taken over at once', async () => {
    const folder = newFolder()
    const lock = join(folder, `.lock-${hashText('work', 20)}`)
    // No system gives out a number that large.
    writeFileSync(lock, `${hostname()} 99999999 token`)
    expect(await fileStore(folder).exclusively?.('work', async () => 'done')).toBe('done')
    expect(existsSync(lock)).toBe(false)
  })
})
