import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('the reference of options, the catalogue of problems and the code blocks in the docs are in step with the code', () => {
  const { stderr, status } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

it('every option says what it does, which default it has, and gives an example', () => {
  const script = `import { describeOptions } from './scripts/describe-options.mjs'
    const lacking = describeOptions().described.flatMap(({ name, members }) => members.flatMap(member => [
      ...(member.doc === '' ? [name + '.' + member.name + ': a description'] : []),
      ...(member.optional && member.default === undefined ? [name + '.' + member.name + ': @default'] : []),
      ...(member.examples.length === 0 ? [name + '.' + member.name + ': @example'] : []),
    ]))
    console.log(JSON.stringify(lacking))`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(JSON.parse(stdout)).toEqual([])
})
