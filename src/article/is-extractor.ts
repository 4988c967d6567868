import type { Extractor } from '../types.js'

/** Whether a value can be asked as an extractor. */
export function isExtractor(given: unknown): given is Extractor {
  return (
    typeof given === 'object' &&
    given !== null &&
    typeof Reflect.get(given, 'name') === 'string' &&
    ['matches', 'extract'].every(method => typeof Reflect.get(given, method) === 'function')
  )
}
