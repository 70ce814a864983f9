import Sequencer from '@jest/test-sequencer'

/** Starts the files that wait for whole processes first, so that none of them runs alone at the end. */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    const [whole, rest] = [[], []]
    for (const test of super.sort(tests))
      (/\/test\/(fault|eventstoredb|e2e|checks)\//.test(test.path) ? whole : rest).push(test)
    return [...whole, ...rest]
  }
}
