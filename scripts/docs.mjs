// npm run docs: writes the pages that are made from the code, and the code blocks that are files, anew. With --check: says which of them are out of step.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createJiti } from 'jiti'
import { optionsReference } from './describe-options.mjs'
import { problemPage } from './problem-page.mjs'

const { problemCatalogue } = await createJiti(import.meta.url).import('../src/problem-catalogue.ts')

const pages = new Map([
  ['docs/options.md', optionsReference()],
  ['docs/problems.md', problemPage(problemCatalogue)],
])
for (const path of ['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', ...readdirSync('docs').map(name => `docs/${name}`)])
  if (path.endsWith('.md') && !pages.has(path)) pages.set(path, withExamples(readFileSync(path, 'utf8'), path))

/** A code block behind `<!-- examples/docs/x.ts -->` is that file. */
function withExamples(text, page) {
  return text.replace(/(<!-- (examples\/\S+) -->\n```\w*\n)[\s\S]*?(?=^```$)/gm, (_, start, file) => {
    try {
      return `${start}${readFileSync(file, 'utf8').trimEnd()}\n`
    } catch {
      throw new Error(`${page} shows ${file}, which is not there.`)
    }
  })
}

const stale = [...pages].filter(([path, text]) => !matches(path, text))
for (const [path, text] of stale) {
  if (process.argv.includes('--check')) console.error(`${path} is out of step: npm run docs`)
  else writeFileSync(path, text)
}
process.exitCode = process.argv.includes('--check') && stale.length > 0 ? 1 : 0

function matches(path, text) {
  try {
    return readFileSync(path, 'utf8') === text
  } catch {
    return false
  }
}
