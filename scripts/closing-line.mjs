/** Vitest reporter: ends a run with one plain line, `N passed, N failed`. */
export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const brokenModules = modules.filter((module) => module.errors().length > 0).length;
    const passed = tests.filter((state) => state === 'passed').length;
    const failed = tests.filter((state) => state === 'failed').length + brokenModules + unhandledErrors.length;
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
