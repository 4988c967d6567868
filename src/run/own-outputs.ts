import { WeekloomError } from '../problems.js'
import { assertInput } from '../text/assert-input.js'
import type { Feed, Output } from '../types.js'

const plainName = /^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,99}$/u

/** Whether a value can be asked as an output. */
export function isOutput(given: unknown): given is Output {
  const output: Partial<Output> | null = typeof given === 'object' ? given : null
  return (
    typeof output?.format === 'string' &&
    typeof output.mediaType === 'string' &&
    typeof output.write === 'function' &&
    (output.file === undefined || typeof output.file === 'string')
  )
}

/** Whether the file of an output has a name that every file system and address takes. */
export function hasPlainName(output: Output): boolean {
  return plainName.test(fileOf(output))
}

/** Name of the file of an output in the folder of a feed. */
export function fileOf({ file, format }: Output): string {
  return file ?? `feed.${format}`
}

/** What an output of the user's own writes. Throws a `WeekloomError` when it stops, or gives something else than texts. */
export function* ownChunks(output: Output, feed: Feed): Generator<string, void, undefined> {
  try {
    for (const chunk of output.write(feed)) {
      assertInput(typeof chunk === 'string', 'What it gives', chunk, 'texts')
      yield chunk
    }
  } catch (error) {
    throw new WeekloomError(`The output ${output.format} stopped at the feed “${feed.info.title ?? ''}”.`, 'Mend its `write`.', {
      cause: error,
    })
  }
}
