const zero = 0x30
const nine = 0x39

/**
 * Compares texts with the numbers in them read as numbers: `issue-9` comes before `issue-10`. By code unit else, so it is the same in every
 * locale; only equal texts are equal. In linear time.
 */
export function compareNatural(a: string, b: string): number {
  let [atA, atB] = [0, 0]
  while (atA < a.length && atB < b.length) {
    if (!isDigit(a, atA) || !isDigit(b, atB)) {
      const difference = a.charCodeAt(atA++) - b.charCodeAt(atB++)
      if (difference !== 0) return difference
      continue
    }
    const [startA, startB] = [skipZeros(a, atA), skipZeros(b, atB)]
    atA = skipDigits(a, startA)
    atB = skipDigits(b, startB)
    const [digitsA, digitsB] = [a.slice(startA, atA), b.slice(startB, atB)]
    if (digitsA !== digitsB) return digitsA.length - digitsB.length || (digitsA < digitsB ? -1 : 1)
  }
  return a.length - atA - (b.length - atB) || (a < b ? -1 : a > b ? 1 : 0)
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= zero && code <= nine
}

function skipZeros(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === zero) at++
  return at
}

function skipDigits(text: string, from: number): number {
  let at = from
  while (isDigit(text, at)) at++
  return at
}
