/** Closes a run with one plain line of counts, and names what was skipped: a skipped test is never silently green. */
export default class SummaryReporter {
  onRunComplete(_contexts, results) {
    for (const suite of results.testResults)
      for (const test of suite.testResults)
        if (test.status === 'pending' || test.status === 'todo') console.log(`skipped: ${test.fullName}`)
    const skipped = results.numPendingTests + results.numTodoTests
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    console.log(
      `Tests: ${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    )
  }
}
