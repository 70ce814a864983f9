import { documentIdentity, kindsPromisedBy, type DocumentReference } from '#documents'

/** A deliverable as far as the notes of its task concern it. */
export interface EvidenceTaker {
  readonly product: string
  readonly evidence: DocumentReference[]
}

/** A document that no deliverable of its note had promised. */
interface OfOtherKind<Taker> {
  readonly reference: DocumentReference
  readonly taker: Taker
}

/**
 * Gives each document of one note to the deliverable it matches, once and in listed order: a Kế hoạch to a plan,
 * a Báo cáo to a report. Of several that match, the one with the fewest documents so far, the first of equals.
 *
 * A document that matches none goes to the first deliverable the note stands on and is told; unless it already
 * stands under another deliverable of the same task (`elsewhere`): a document is evidence once. Where no product
 * of the note names a type of document ("Phiếu khảo sát"), nothing was promised and nothing is told.
 */
export function distributeEvidence<Taker extends EvidenceTaker>(
  references: readonly DocumentReference[],
  takers: readonly Taker[],
  elsewhere: readonly Taker[] = [],
): OfOtherKind<Taker>[] {
  const promised = new Map(takers.map((taker) => [taker, kindsPromisedBy(taker.product)]))
  const unmatched: OfOtherKind<Taker>[] = []
  const given: DocumentReference[] = []
  for (const reference of references) {
    if (given.some((other) => isSame(other, reference))) continue
    given.push(reference)
    const matching = takers.filter((taker) => promised.get(taker)!.some((kind) => kind === reference.kind))
    if (matching.length > 0) leastServed(matching).evidence.push(reference)
    else if (!elsewhere.some((taker) => taker.evidence.some((other) => isSame(other, reference)))) {
      const [first] = takers
      first!.evidence.push(reference)
      if (takers.some((taker) => promised.get(taker)!.length > 0))
        unmatched.push({ reference, taker: first! })
    }
  }
  return unmatched
}

function leastServed<Taker extends EvidenceTaker>(takers: readonly Taker[]): Taker {
  return takers.reduce((least, taker) => (taker.evidence.length < least.evidence.length ? taker : least))
}

/** Citations without a number cannot be told to be the same document: both are kept. */
function isSame(a: DocumentReference, b: DocumentReference): boolean {
  const identity = documentIdentity(a)
  return identity !== null && identity === documentIdentity(b)
}
