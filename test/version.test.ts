import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { homepage, version } from '../src/version.js'

it('the version and address that feeds and requests carry are those of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(version).toBe(manifest.version)
  expect(manifest.homepage).toContain(homepage)
})
