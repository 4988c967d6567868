/** The name of the host that a text names, by itself, with a port or as part of an address; nothing where it names none. */
export function nameOfHost(text: string): string | undefined {
  const address = text.includes('://') ? text : `http://${text}`
  return (URL.canParse(address) && new URL(address).hostname) || undefined
}

/** What a key must be that names a host, and which host was meant. */
export function explainHost(key: string): string {
  const meant = nameOfHost(key)
  return `must be under the name of a host${meant === undefined || /[%*]/.test(meant) ? ', such as blog.example' : `; did you mean ${meant}?`}`
}
