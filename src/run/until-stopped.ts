import { setImmediate } from 'node:timers/promises'

/** What is waited for now, in the order in which that began. */
const awaited = new Set<{ name: string }>()

/** What is waited for at this moment, by name; of a hook that a source waits for, the hook. */
export function nameAwaited(): string | undefined {
  return [...awaited].at(-1)?.name
}

/**
 * What the work gives, or an `AbortError` as soon as the signal says so, however long the work goes on.
 *
 * @param name what is waited for, as a person is told
 */
export async function untilStopped<T>(work: PromiseLike<T>, signal: AbortSignal, name: string): Promise<T> {
  const wait = { name }
  awaited.add(wait)
  let stop = () => {}
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, stopped])
  } finally {
    awaited.delete(wait)
    signal.removeEventListener('abort', stop)
  }
}

/** The items one after another, and an `AbortError` as soon as the signal says so, however long the next one takes. */
export async function* eachUntilStopped<T>(items: AsyncIterable<T>, signal: AbortSignal, name: string): AsyncGenerator<T, void, undefined> {
  const source = relay(items)
  let isOpen = true
  try {
    while (isOpen) {
      const next = await untilStopped(source.next(), signal, name)
      if (next.done) isOpen = false
      else yield next.value
    }
  } finally {
    // One that was stopped in the middle of an item closes when it is done with it, and nobody waits for that.
    const closed = isOpen ? source.return() : undefined
    if (signal.aborted) closed?.catch(() => {})
    else await closed
  }
}

async function* relay<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  yield* items
}

/** So long, in milliseconds, work may go on before Ctrl-C is heard. */
const longest = 100
let heard = 0

/** Lets what came from outside be heard, Ctrl-C above all, when that is due. Throws an `AbortError` when the signal says so. */
export async function hearSignal(signal: AbortSignal): Promise<void> {
  const now = performance.now()
  if (now - heard > longest) {
    heard = now
    await setImmediate()
  }
  signal.throwIfAborted()
}
