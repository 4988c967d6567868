import { decodeEntities } from '../text/html.js'

/** Resolves HTML entities until nothing changes, at most three times: addresses and summaries stand in pages escaped up to twice. */
export function decodeRepeatedly(text: string): string {
  let decoded = text
  for (let round = 0; round < 3 && decoded.includes('&'); round++) decoded = decodeEntities(decoded)
  return decoded
}
