import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { makeProgram } from '../src/cli/program.js'

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

const pages = ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(
  path => path.endsWith('.md'),
)

it('every block of code in the docs is a file, shown whole', () => {
  const loose = pages.flatMap(page =>
    [...readFileSync(page, 'utf8').matchAll(/^(.*)\n\s*(```|~~~)(\S*)\n[\s\S]*?\n\s*\2\s*$/gm)]
      .filter(([, before = '']) => !existsSync(/^<!-- (examples\/docs\/\S+) -->$/.exec(before)?.[1] ?? ''))
      .map(([, before = '', , language = '']) => `${page}: ${language} after “${before}”`),
  )
  expect(loose).toEqual([])
})

it('every command and flag that the docs name is one', () => {
  const commands = new Map(makeProgram().commands.map(command => [command.name(), command.options.map(option => option.long)]))
  const wrong = pages.flatMap(page =>
    [...readFileSync(page, 'utf8').matchAll(/(?<=`|^|\$ )(?:npx )?weekloom ([a-z]+)([^`\n]*)/gm)]
      .filter(([, name = '', rest = '']) => {
        const flags = commands.get(name)
        return flags === undefined || (rest.match(/(?<=\s)--[\w-]+/g) ?? []).some(flag => !flags.includes(flag))
      })
      .map(([text]) => `${page}: ${text}`),
  )
  expect(wrong).toEqual([])
})

const chinese = ['README.zh-CN.md', ...readdirSync('docs').map(name => `docs/${name}`)].filter(path => path.endsWith('.zh-CN.md'))
it.each(chinese)('%s has the same headings, and the same code, as its English page', path => {
  const shape = (text: string) => text.match(/^#{1,6} (?=\S)|^<!-- examples.*|^```\w+$/gm) ?? []
  const text = readFileSync(path, 'utf8')
  expect(shape(text)).toEqual(shape(readFileSync(path.replace('.zh-CN', ''), 'utf8')))
  expect(text.match(/[\u4e00-\u9fff]/g)?.length).toBeGreaterThan(60)
})

it.each(chinese)(
  '%s names every option, file and command that its English page names, and leads to Chinese pages where there are some',
  path => {
    const text = readFileSync(path, 'utf8')
    const named = (page: string) => page.replace(/^```[\s\S]*?^```$/gm, '').match(/`[^`\n]+`/g) ?? []
    const here = new Set(named(text))
    expect(named(readFileSync(path.replace('.zh-CN', ''), 'utf8')).filter(each => !here.has(each))).toEqual([])
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)\.md\)/g)].map(([, target = '']) => join(dirname(path), target))
    expect(links.filter(target => target !== 'README' && existsSync(`${target}.zh-CN.md`))).toEqual([])
  },
)

it('every link between the pages leads to a page', () => {
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
