// npm run build: installs what is missing and builds dist/ from nothing.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { install, runBin } from './installed.mjs'

export async function build() {
  install()
  rmSync('dist', { recursive: true, force: true })
  runBin('tsup', '--silent')
  declareCommonJs()
  nameBundled()
  const { optionsSchema } = await import('./describe-options.mjs') // needs a package that may only now be there
  writeFileSync('dist/schema.json', `${JSON.stringify(optionsSchema(), null, 2)}\n`)
}

/** Types of a package that has no CommonJS. */
const importOfEsm = /import (?:type )?(\{[^}]*\} from 'feed')(?! with)/g

/** The declarations for require(): the text of the others, with the names of the files beside them. */
function declareCommonJs() {
  for (const name of readdirSync('dist').filter(name => name.endsWith('.d.ts'))) {
    const text = readFileSync(`dist/${name}`, 'utf8')
    writeFileSync(
      `dist/${name.replace(/\.d\.ts$/, '.d.cts')}`,
      text.replace(/(from ')(\.\/[^']+)\.js'/g, "$1$2.cjs'").replace(importOfEsm, "import type $1 with { 'resolution-mode': 'import' }"),
    )
  }
}

/** The licences of the packages whose code is in dist/, which ask to be told wherever it goes. */
function nameBundled() {
  const folders = new Set()
  for (const name of ['dist/metafile-esm.json', 'dist/metafile-cjs.json']) {
    for (const file of Object.keys(JSON.parse(readFileSync(name, 'utf8')).inputs))
      folders.add(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? '')
    rmSync(name)
  }
  const texts = [...folders]
    .filter(folder => folder !== '')
    .sort()
    .map(folder => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      const licence = readdirSync(folder).find(file => /^licen[cs]e/i.test(file))
      const text = licence === undefined ? `Under the ${license} licence.` : readFileSync(`${folder}/${licence}`, 'utf8').trim()
      return `${name} ${version}\n\n${text}\n`
    })
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`))
}

if (process.argv[1]?.endsWith('build.mjs')) await build()
