import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

it.each(readdirSync('examples/docs'))('the example %s runs', file => {
  // In a folder of its own, since some write feeds.
  const cwd = mkdtempSync(join(tmpdir(), 'weekloom-example-'))
  const example = join(import.meta.dirname, '../examples/docs', file)
  const { stderr, status } = spawnSync(process.execPath, ['--import', import.meta.resolve('jiti/register'), example], {
    cwd,
    encoding: 'utf8',
  })
  rmSync(cwd, { recursive: true, force: true })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

const chinese = ['README.zh-CN.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(path => path.endsWith('.zh-CN.md'))
it.each(chinese)('%s has the same headings, and the same code, as its English page', path => {
  const shape = (text: string) => text.match(/^#{1,6} (?=\S)|^```\w+$/gm) ?? []
  const text = readFileSync(path, 'utf8')
  expect(shape(text)).toEqual(shape(readFileSync(path.replace('.zh-CN', ''), 'utf8')))
  expect(text.match(/[\u4e00-\u9fff]/g)?.length).toBeGreaterThan(60)
})

it('every link between the pages leads to a page', () => {
  const pages = ['README.md', 'README.zh-CN.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(path => path.endsWith('.md'))
  const broken = pages.flatMap(page =>
    [
      ...readFileSync(page, 'utf8')
        .replace(/^```[\s\S]*?^```$/gm, '')
        .matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g),
    ]
      .map(([, target = '']) => join(dirname(page), target))
      .filter(target => !existsSync(target))
      .map(target => `${page} → ${target}`),
  )
  expect(broken).toEqual([])
})
