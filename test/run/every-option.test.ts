import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type OptionRow, optionRows } from './option-rows.js'
import { buildWith, type Made } from './option-world.js'

/** What is made without any option is made once. */
const usual: Promise<Made> = buildWith({})
const makeWithout = ({ without, base, earlier }: OptionRow) =>
  without === undefined && base === undefined && earlier === undefined ? usual : buildWith(without ?? {}, { base, earlier })

describe.concurrent('an option changes what is made', () => {
  it.for(optionRows)('$option', async (row, { expect }) => {
    const { base, earlier, with: given, shows, before, after } = row
    expect(shows(await makeWithout(row)), 'without it').toEqual(before)
    expect(shows(await buildWith(given, { base, earlier })), 'with it').toEqual(after)
    expect(before).not.toEqual(after)
  })
})

it('each option of the reference, and each value that has a name, has a row; and no row is of an option that is not there', async () => {
  const script = `import { optionNames } from './scripts/describe-options.mjs'; console.log(JSON.stringify(optionNames()))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  const names: readonly string[] = JSON.parse(stdout)
  const shown = new Set(optionRows.map(({ option }) => option))
  // A table is shown by what stands in it, an option with named values by each of them.
  const isShown = (name: string) =>
    shown.has(name) || names.some(other => other !== name && /^[.=]/.test(other.replace(name, '')) && other.startsWith(name))
  expect(names.length).toBeGreaterThan(80)
  expect(names.filter(name => !isShown(name))).toEqual([])
  expect([...shown].filter(name => !names.includes(name))).toEqual([])
})
