/** Whether `Accept-Encoding` takes gzip: named, or covered by `*`, with a weight above 0 and not below that of `identity` (RFC 9110, section 12.5.3). */
export function acceptsGzip(field: string | null): boolean {
  const weights = new Map<string, number>()
  for (const item of (field ?? '').toLowerCase().split(',')) {
    const [coding = '', ...parameters] = item.split(';').map(part => part.trim())
    const weight = parameters.find(parameter => parameter.startsWith('q='))
    weights.set(coding === 'x-gzip' ? 'gzip' : coding, weight === undefined ? 1 : Number(weight.slice(2)))
  }
  const weight = weights.get('gzip') ?? weights.get('*') ?? 0
  return weight > 0 && weight >= (weights.get('identity') ?? 0)
}

/** The first of the tags that `If-None-Match` names, by weak comparison (RFC 9110, section 13.1.2); the first of all for `*`. */
export function findNamedTag(field: string, tags: readonly string[]): string | undefined {
  if (field.trim() === '*') return tags[0]
  const named = new Set(field.match(/"[^"]*"/g))
  return tags.find(tag => named.has(tag))
}
