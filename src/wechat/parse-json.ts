/** A text as JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  if (!/^\s{0,100}[{[]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
