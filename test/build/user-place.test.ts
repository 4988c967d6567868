import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { placeInUserCode } from '../../src/build/user-place.js'

const thrownAt = (...frames: string[]) =>
  Object.assign(new Error('x'), { stack: ['Error: x', ...frames.map(each => `    at ${each}`)].join('\n') })

describe('placeInUserCode', () => {
  it.each([
    ['/home/a/site/weekloom.config.ts:3:9', '/home/a/site/weekloom.config.ts:3'],
    [
      `f (${pathToFileURL(join(import.meta.dirname, 'my hooks.mjs')).href}?version=1:3:9)`,
      `${join(import.meta.dirname, 'my hooks.mjs')}:3`,
    ],
    ['f (C:\\Users\\a\\site\\weekloom.config.ts:3:9)', 'C:\\Users\\a\\site\\weekloom.config.ts:3'],
    ['f (C:/Users/a/my site/weekloom.config.ts:3:9)', 'C:/Users/a/my site/weekloom.config.ts:3'],
  ])('of %s is %s', (frame, place) => {
    const others = [
      'node:internal/fs:1:1',
      'C:/Users/a/node_modules/x/y.js:1:1',
      '/a/node_modules/x/y.js:1:1',
      `f (${import.meta.dirname.replace('test', 'src')}/x.ts:1:1)`,
    ]
    expect(placeInUserCode(thrownAt(...others, frame))).toBe(place)
  })

  it('is none where code of others alone is named', () => {
    expect(placeInUserCode(thrownAt('node:internal/fs:1:1', 'C:/a/node_modules/x/y.js:1:1'))).toBeUndefined()
  })
})
