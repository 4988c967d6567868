import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { literalIn, withoutComments } from './read-script.js'

const endings = ['json', '11tydata.json', '11tydata.js', '11tydata.mjs', '11tydata.cjs']

/** The permalink that Eleventy takes for the posts of a folder from a file called like it, or like one above: `weekly/weekly.json`. Code is read as text. */
export function permalinkIn(cwd: string, folder: string): string | undefined {
  for (let above = folder; above !== '.'; above = posix.dirname(above)) {
    const files = endings.map(ending => join(cwd, above, `${posix.basename(above)}.${ending}`)).filter(file => existsSync(file))
    const permalink = files
      .map(file => literalIn(withoutComments(readFileSync(file, 'utf8')), 'permalink'))
      .find(text => text !== undefined)
    if (permalink !== undefined) return permalink
  }
  return undefined
}
