import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** A text in quotes that can be a path: what is imported, required, read or extended. */
const quoted = /(['"`])([^'"`\n*{}$]{1,300})\1/g
const endings = ['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js']
/** Of files that can name others in turn. */
const code = /\.(?:[cm]?[jt]s|json)$/
const mostFiles = 200

/**
 * The files that a config is made of, itself first: those that it imports, extends or otherwise names, and what they name in turn; none of packages. By
 * the text alone, so it can be said of a config that is broken as well. A file that it only names is one too many, which costs a look.
 */
export function listConfigFiles(config: string): string[] {
  const files = new Set([resolve(config)])
  for (const file of files) {
    if (files.size >= mostFiles) break
    for (const name of namesIn(file)) {
      const found = endings
        .map(ending => resolve(dirname(file), name.replace(/\.js$/, ending === '.ts' ? '' : '.js') + ending))
        .find(isFile)
      if (found !== undefined && !found.includes('node_modules')) files.add(found)
    }
  }
  return [...files]
}

function namesIn(file: string): string[] {
  if (!code.test(file)) return []
  try {
    return [...readFileSync(file, 'utf8').matchAll(quoted)].map(([, , name = '']) => name)
  } catch {
    return []
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
