const text = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/.source

/** A script without its comments. It is read as text, never run; what is longer says nothing of a site. */
export function withoutComments(script: string): string {
  const parts = new RegExp(`(${text})|//.*|/\\*[\\s\\S]{0,5000}?\\*/`, 'g')
  return script.slice(0, 200_000).replace(parts, (_, kept = '') => kept)
}

/** The first literal that a script gives to a key: `title: 'x'`. */
export function literalIn(code: string, key: string): string | undefined {
  return new RegExp(`(?:^|[\\s{,])["']?${key}["']?\\s{0,9}[:=]\\s{0,9}(["'\`])((?:(?!\\1).){1,300})\\1`).exec(code)?.[2]
}

/** The parts of each object or list that a script gives to a key: `en` and `zh: {}` for `locales: { en, zh: {} }`. */
export function partsAt(code: string, key: string): string[][] {
  const starts = code.matchAll(new RegExp(`(?:^|[\\s{,])["']?${key}["']?\\s{0,9}[:=]\\s{0,9}(?=[{[])`, 'g'))
  return [...starts].slice(0, 9).map(({ index, 0: before }) => partsOf(code.slice(index + before.length)))
}

/** What stands between the commas of the object or list that a script begins with. */
export function partsOf(code: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 1
  for (const { 0: sign, index } of code.matchAll(new RegExp(`${text}|[()[\\]{},]`, 'g'))) {
    if (/^[([{]/.test(sign)) depth++
    else if (/^[)\]}]/.test(sign)) depth--
    if (depth === 0 || (depth === 1 && sign === ',')) {
      parts.push(code.slice(start, index).trim())
      start = index + 1
    }
    if (depth === 0) break
  }
  return parts.filter(part => part !== '')
}
